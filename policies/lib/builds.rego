# Questions about the images that are built from Dockerfiles of the project.
package lib.builds

# The stage that becomes the image, by a build that names it or else by the name of its Dockerfile.
stages(container) := _built(container) if {
	count(_built(container)) > 0
} else := _named(container)

# Of an image that is built in many ways nobody knows which one it is.
_built(container) := [stage |
	object.get(input.sizes.builds_by_repository, container.repository, 0) < 50
	some build in input.index.builds_by_repository[container.repository]
	some stage in input.index.stages_by_path[build.dockerfile]
	_is_built(stage, build)
]

_is_built(stage, build) if {
	build.target
	stage.name == build.target
}

_is_built(stage, build) if {
	not build.target
	stage.is_final
}

_named(container) := [stage |
	count(_finals(container)) == 1
	some stage in _finals(container)
]

_finals(container) := [stage |
	object.get(input.sizes.stages_by_likely_name, container.image_name, 0) < 200
	some stage in input.index.stages_by_likely_name[container.image_name]
	stage.is_final
]
