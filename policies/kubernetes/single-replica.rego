# METADATA
# title: Single replica
# description: |
#   With one replica every rollout, every drained node and every crash is an outage. A horizontal
#   pod autoscaler in the same file counts: it sets the number itself. Not meant is what may run only once: databases
#   and other programs that keep state, what elects a leader, and controllers, for which nobody waits.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "{problem}: it is down during every eviction and node drain"
#   remediation: Set `replicas` to 2 or more, unless the program cannot run twice.
#   aliases:
#     - kube-linter:minimum-three-replicas
#     - polaris:deploymentMissingReplicas
#     - kube-score:deployment-replicas
#     - kube-linter:template/minimum-replicas
#   explained: true
#   habit: true
#   of_values: true
package rules.kubernetes["single-replica"]

import data.lib.workloads

deny contains {"at": workload.at, "field": "spec.replicas", "problem": sprintf("`%s` has one replica", [workloads.name(workload)]), "minor": _is_minor(workload)} if {
	some workload in input.workloads
	_is_alone(workload)
	workload.has_replicas
}

deny contains {"at": workload.at, "field": "metadata.name", "problem": sprintf("`%s` sets no `replicas`, so it has one", [workloads.name(workload)]), "minor": true} if {
	some workload in input.workloads
	_is_alone(workload)
	not workload.has_replicas
}

_is_minor(workload) if {
	_is_expected(workload)
} else := false

# What works by itself is late after an eviction, and nobody waits for an answer.
_is_expected(workload) if {
	some word in ["worker", "cron", "-bot", "consumer", "scheduler", "job", "operator", "controller", "exporter", "agent", "dashboard", "metrics", "grafana", "prometheus", "argocd", "dex-server", "proxy-debug", "ops-view", "-db", "db-", "cache", "mail"]
	contains(workloads.name(workload), word)
}

# Services are there, and none sends it requests.
_is_expected(workload) if {
	some at in workload.containers
	some container in input.index.containers_by_at[at]
	not container.is_selected
	some object_ in input.index.objects_by_path[workload.path]
	object_.kind == "Service"
}

_is_alone(workload) if {
	workload.kind == "Deployment"
	object.get(workload, "replicas", 1) == 1
	not workload.is_patch
	not workload.elects_leader
	not workload.is_pinned
	not _is_unknown(workload)
	not _is_scaled(workload)
	not _keeps_state(workload)
}

_is_unknown(workload) if {
	workload.has_replicas
	not workload.replicas
}

_is_scaled(workload) if {
	some scaler in input.index.objects_by_scales[concat("/", [workload.kind, workloads.name(workload)])]
	scaler.path == workload.path
}

# A second pod on the same volume, or one that must not run beside the first, loses data.
_keeps_state(workload) if {
	some volume in workload.volumes
	volume.type in {
		"persistentVolumeClaim", "hostPath", "nfs", "iscsi", "cephfs", "rbd", "glusterfs", "fc", "awsElasticBlockStore",
		"azureDisk", "azureFile", "gcePersistentDisk", "cinder", "vsphereVolume", "portworxVolume",
	}
}

_keeps_state(workload) if workload.strategy.type == "Recreate"

_keeps_state(workload) if {
	some at in workload.containers
	some container in input.index.containers_by_at[at]
	_is_single(object.get(container, "image_name", ""))
}

_is_single(name) if name in {
	"mysql", "mysql-server", "mariadb", "postgres", "postgresql", "postgis", "pgvector", "timescaledb", "mongo", "mongodb", "redis",
	"redis-stack", "valkey", "keydb", "cassandra", "elasticsearch", "opensearch", "etcd", "zookeeper", "kafka", "cp-kafka",
	"cp-zookeeper", "rabbitmq", "nats", "influxdb", "couchdb", "couchbase", "neo4j", "rethinkdb", "minio", "clickhouse",
	"clickhouse-server", "cockroach", "server-mssql", "mssql-server", "memcached", "consul", "vault", "prometheus", "loki",
	"grafana", "registry", "sqlite", "db2", "oracle", "percona", "percona-server", "activemq", "activemq-artemis", "qdrant",
	"weaviate", "meilisearch", "typesense", "dragonfly", "scylla", "questdb", "arangodb", "solr", "tempo", "jaeger", "all-in-one", "mimir",
	"victoria-metrics", "victoria-logs", "vmagent", "pushgateway", "alertmanager", "opentsdb", "graphite", "graphite-statsd", "gitea", "nexus3", "jenkins",
	"kube-state-metrics", "openshift-state-metrics", "keda-metrics-apiserver", "cluster-autoscaler", "descheduler", "external-dns",
	"argocd-image-updater", "kubernetes-event-exporter", "eventrouter", "event-exporter", "tiller", "mysqld", "mongod", "valkey-server",
	"prometheus-operator", "local-path-provisioner", "csi-attacher", "csi-provisioner", "csi-snapshotter", "csi-resizer",
}

# Controllers watch the cluster, and go on where they stopped. One of an ingress or a gateway serves requests.
_is_single(name) if {
	some end in ["operator", "controller", "controller-manager", "provisioner", "autoscaler"]
	endswith(name, end)
	not contains(name, "ingress")
	not contains(name, "gateway")
	name != "controller"
}
