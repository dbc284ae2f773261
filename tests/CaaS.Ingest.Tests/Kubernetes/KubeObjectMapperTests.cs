using System.Text.Json;
using CaaS.Ingest.Kubernetes;
using CaaS.Signals;
using Xunit;

namespace CaaS.Ingest.Tests.Kubernetes;

public sealed class KubeObjectMapperTests
{
    [Fact]
    public void A_pod_killed_for_memory_tells_its_end_its_place_and_its_owner()
    {
        var item = Kube.Map(EntityKinds.Pod, """
            {"metadata":{"name":"cart-6d4f9c7b5-x2x9z","generateName":"cart-6d4f9c7b5-","namespace":"shop","uid":"p1",
              "resourceVersion":"901","creationTimestamp":"2026-03-01T11:00:00Z",
              "labels":{"app":"cart","pod-template-hash":"6d4f9c7b5"},
              "annotations":{"prometheus.io/scrape":"true","kubectl.kubernetes.io/last-applied-configuration":"{}"},
              "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"cart-6d4f9c7b5","uid":"r","controller":true}]},
             "spec":{"nodeName":"node2","hostNetwork":false,
              "containers":[
                {"name":"app","image":"shop:7","resources":{"limits":{"cpu":"500m","memory":"128Mi"},"requests":{"cpu":"100m"}},
                 "env":[{"name":"PASSWORD","value":"hunter2"}],
                 "volumeMounts":[{"name":"token","mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"}]},
                {"name":"side","image":"proxy:1","resources":{"limits":{"cpu":1,"memory":"64M"},"requests":{"cpu":"0.05"}}}],
              "volumes":[{"name":"token","secret":{"secretName":"default-token-abcde"}},
                {"name":"data","persistentVolumeClaim":{"claimName":"cart-data"}}]},
             "status":{"phase":"Running","podIP":"10.1.2.3","startTime":"2026-03-01T11:00:01Z",
              "conditions":[{"type":"Ready","status":"False","reason":"ContainersNotReady","lastTransitionTime":"2026-03-01T11:58:00Z"},
                {"type":"PodScheduled","status":"True"}],
              "containerStatuses":[
                {"name":"side","restartCount":1,"ready":true,"containerID":"containerd://bbb","state":{"running":{}},
                 "lastState":{"terminated":{"exitCode":0,"reason":"Completed","finishedAt":"2026-03-01T11:10:00Z"}}},
                {"name":"app","restartCount":4,"ready":false,"containerID":"containerd://aaa",
                 "state":{"waiting":{"reason":"CrashLoopBackOff","message":"back-off"}},
                 "lastState":{"terminated":{"exitCode":137,"reason":"OOMKilled","finishedAt":"2026-03-01T11:57:59Z"}}}]}}
            """);

        Kube.Matches("""
            shop/Pod/cart-6d4f9c7b5-x2x9z p1 v901
            label app=cart
            label pod-template-hash=6d4f9c7b5
            cpuLimitCores: 1.5
            cpuRequestCores: 0.15
            createdAt: 2026-03-01T11:00:00Z
            images: app=shop:7,side=proxy:1
            lastExitCode: 137
            lastTerminationReason: OOMKilled
            lastTerminationTime: 2026-03-01T11:57:59Z
            memoryLimitBytes: 198217728
            nodeName: node2
            phase: Running
            podIp: 10.1.2.3
            ready: false
            readyReason: ContainersNotReady
            readySince: 2026-03-01T11:58:00Z
            restarts: 5
            startedAt: 2026-03-01T11:00:01Z
            waitingReason: CrashLoopBackOff
            shop/Pod/cart-6d4f9c7b5-x2x9z RunsOn -/Node/node2
            shop/ReplicaSet/cart-6d4f9c7b5 Owns shop/Pod/cart-6d4f9c7b5-x2x9z
            shop/Pod/cart-6d4f9c7b5-x2x9z Mounts shop/PersistentVolumeClaim/cart-data
            """, Kube.Show(item));
        var pod = item.Pod!;
        Assert.Equal(["prometheus.io/scrape"], pod.Annotations.Keys);
        Assert.Equal(
            [new ContainerRecord("app", "shop:7", "aaa", 4), new ContainerRecord("side", "proxy:1", "bbb", 1)],
            pod.Containers);
        Assert.Equal(("ReplicaSet", "cart-6d4f9c7b5", "10.1.2.3"), (pod.ControllerKind, pod.ControllerName, pod.Ip));
    }

    [Fact]
    public void A_deployment_tells_its_configuration_but_no_secret()
    {
        var item = Kube.Map(EntityKinds.Deployment, """
            {"metadata":{"name":"payment","namespace":"shop","uid":"d1","resourceVersion":"77","generation":4,
              "annotations":{"deployment.kubernetes.io/revision":"4"},
              "managedFields":[
                {"manager":"kubectl-client-side-apply","time":"2026-03-01T10:00:00Z","fieldsV1":{"f:spec":{}}},
                {"manager":"kubectl-set","time":"2026-03-01T11:00:00Z","fieldsV1":{"f:spec":{"f:template":{}}}},
                {"manager":"kube-controller-manager","time":"2026-03-01T11:30:00Z","fieldsV1":{"f:status":{}}}]},
             "spec":{"replicas":3,"template":{"metadata":{"labels":{"app":"payment"}},"spec":{
              "initContainers":[{"name":"init","image":"busy:1","env":[{"name":"STEP","value":"1"}]}],
              "containers":[{"name":"app","image":"shop:7","envFrom":[{"secretRef":{"name":"payment-env"}}],"env":[
                {"name":"MODE","value":"fast"},{"name":"DB_PASSWORD","value":"hunter2"},
                {"name":"DB_URL","value":"postgres://shop:hunter2@db/shop"},
                {"name":"API_KEY","valueFrom":{"secretKeyRef":{"name":"payment-key","key":"key"}}},
                {"name":"LEVEL","valueFrom":{"configMapKeyRef":{"name":"levels","key":"log"}}},
                {"name":"POD_IP","valueFrom":{"fieldRef":{"fieldPath":"status.podIP"}}}]}],
              "volumes":[{"name":"c","configMap":{"name":"payment-5f1c"}},
                {"name":"p","projected":{"sources":[{"configMap":{"name":"ca"}}]}}]}}},
             "status":{"readyReplicas":2,"updatedReplicas":1,
              "conditions":[{"type":"Progressing","status":"False","reason":"ProgressDeadlineExceeded"}]}}
            """);

        var shown = Kube.Show(item);

        Assert.DoesNotContain("hunter2", shown, StringComparison.Ordinal);
        shown = System.Text.RegularExpressions.Regex.Replace(shown, "hidden [0-9a-f]{16}", "hidden #");
        shown = System.Text.RegularExpressions.Regex.Replace(shown, "(templateHash|contentHash): [0-9a-f]{16}", "$1: #");
        Kube.Matches("""
            shop/Deployment/payment d1 v77
            changedAt: 2026-03-01T11:00:00Z
            changedBy: kubectl-set
            configRefs: ConfigMap/ca,ConfigMap/levels,ConfigMap/payment-5f1c,Secret/payment-env,Secret/payment-key
            environment: app.API_KEY=(Secret payment-key:key) | app.DB_PASSWORD=(hidden #) | app.DB_URL=(hidden #) | app.LEVEL=(ConfigMap levels:log) | app.MODE=fast | app.POD_IP=(field status.podIP) | init.STEP=1
            images: app=shop:7
            readyReplicas: 2
            reason: ProgressDeadlineExceeded
            replicas: 3
            revision: 4
            templateHash: #
            updatedReplicas: 1
            shop/Deployment/payment Mounts shop/ConfigMap/ca
            shop/Deployment/payment Mounts shop/ConfigMap/levels
            shop/Deployment/payment Mounts shop/ConfigMap/payment-5f1c
            shop/Deployment/payment Mounts shop/Secret/payment-env
            shop/Deployment/payment Mounts shop/Secret/payment-key
            shop/Deployment/payment ReleasedBy -/Image/shop:7
            """, shown);
    }

    [Fact]
    public void A_node_tells_readiness_cordon_and_capacity()
    {
        var item = Kube.Map(EntityKinds.Node, """
            {"metadata":{"name":"node1","uid":"n1","resourceVersion":"5"},"spec":{"unschedulable":true},
             "status":{"allocatable":{"cpu":"950m","memory":"2Gi"},
              "addresses":[{"type":"InternalIP","address":"10.0.0.1"},{"type":"Hostname","address":"node1"}],
              "conditions":[{"type":"MemoryPressure","status":"True"},{"type":"DiskPressure","status":"False"},
               {"type":"Ready","status":"Unknown","reason":"NodeStatusUnknown","lastTransitionTime":"2026-03-01T11:59:00Z",
                "lastHeartbeatTime":"2026-03-01T11:58:00Z"}]}}
            """);

        Kube.Matches("""
            -/Node/node1 n1 v5
            allocatableCpuCores: 0.95
            allocatableMemoryBytes: 2147483648
            pressure: MemoryPressure
            ready: unknown
            readyReason: NodeStatusUnknown
            readySince: 2026-03-01T11:59:00Z
            unschedulable: true
            """, Kube.Show(item));
        Assert.Equal(["10.0.0.1"], item.Node!.Addresses);
        Assert.False(item.Node.IsReady);
    }

    [Fact]
    public void Endpoints_and_slices_bear_their_services_name_and_say_the_same()
    {
        var slice = Kube.Map(KubeObjectMapper.EndpointSliceKind, """
            {"metadata":{"name":"cart-x7k2p","namespace":"shop","uid":"e1","resourceVersion":"5",
              "labels":{"kubernetes.io/service-name":"cart"}},"addressType":"IPv4",
             "endpoints":[{"addresses":["10.1.0.2"],"conditions":{"ready":true},"targetRef":{"kind":"Pod","name":"cart-2"}},
              {"addresses":["10.1.0.1"],"conditions":{},"targetRef":{"kind":"Pod","name":"cart-1"}},
              {"addresses":["10.1.0.9"],"conditions":{"ready":false},"targetRef":{"kind":"Pod","name":"cart-9"}}]}
            """);
        var endpoints = Kube.Map(EntityKinds.Endpoints, """
            {"metadata":{"name":"cart","namespace":"shop","uid":"e1","resourceVersion":"5",
              "labels":{"kubernetes.io/service-name":"cart"}},
             "subsets":[{"addresses":[{"ip":"10.1.0.2","targetRef":{"kind":"Pod","name":"cart-2"}},
               {"ip":"10.1.0.1","targetRef":{"kind":"Pod","name":"cart-1"}}],
              "notReadyAddresses":[{"ip":"10.1.0.9","targetRef":{"kind":"Pod","name":"cart-9"}}]}]}
            """);

        Kube.Matches("""
            shop/Endpoints/cart e1 v5
            label kubernetes.io/service-name=cart
            readyAddresses: 10.1.0.1,10.1.0.2
            shop/Service/cart Selects shop/Pod/cart-1
            shop/Service/cart Selects shop/Pod/cart-2
            shop/Service/cart Selects shop/Pod/cart-9
            """, Kube.Show(slice));
        Assert.Equal(Kube.Show(slice), Kube.Show(endpoints));
    }

    [Theory]
    [InlineData(EntityKinds.Service, """{"metadata":{"name":"cart","namespace":"shop","uid":"s","resourceVersion":"1"},"spec":{"type":"NodePort","clusterIP":"10.96.0.7","clusterIPs":["10.96.0.7"],"selector":{"b":"2","a":"1"}}}""",
        "shop/Service/cart s v1\nclusterIp: 10.96.0.7\nselector: a=1,b=2\nserviceType: NodePort")]
    [InlineData(EntityKinds.Service, """{"metadata":{"name":"db","namespace":"shop","uid":"s","resourceVersion":"1"},"spec":{"clusterIP":"None"}}""",
        "shop/Service/db s v1")]
    [InlineData(EntityKinds.PersistentVolumeClaim, """{"metadata":{"name":"data","namespace":"shop","uid":"c","resourceVersion":"1"},"spec":{"volumeName":"pv1"},"status":{"phase":"Bound","capacity":{"storage":"1Gi"}}}""",
        "shop/PersistentVolumeClaim/data c v1\ncapacityBytes: 1073741824\nphase: Bound\nshop/PersistentVolumeClaim/data StoredOn -/PersistentVolume/pv1")]
    [InlineData(EntityKinds.HorizontalPodAutoscaler, """{"metadata":{"name":"h","namespace":"shop","uid":"h","resourceVersion":"1"},"spec":{"maxReplicas":9,"scaleTargetRef":{"kind":"Deployment","name":"cart"}},"status":{"desiredReplicas":4}}""",
        "shop/HorizontalPodAutoscaler/h h v1\nmaxReplicas: 9\nminReplicas: 1\nreplicas: 4\nshop/HorizontalPodAutoscaler/h Scales shop/Deployment/cart")]
    [InlineData(EntityKinds.Job, """{"metadata":{"name":"j","namespace":"shop","uid":"j","resourceVersion":"1","ownerReferences":[{"kind":"CronJob","name":"nightly","controller":true}]},"spec":{"parallelism":2},"status":{"active":1,"conditions":[{"type":"Failed","status":"True","reason":"BackoffLimitExceeded"}]}}""",
        "shop/Job/j j v1\nphase: Failed\nreadyReplicas: 1\nreason: BackoffLimitExceeded\nreplicas: 2\ntemplateHash: 8e6f2ee1d5cbb1a9\nshop/CronJob/nightly Owns shop/Job/j")]
    [InlineData(EntityKinds.PersistentVolume, """{"metadata":{"name":"pv1","uid":"v","resourceVersion":"1"},"spec":{"storageClassName":"block","capacity":{"storage":"1Ki"},"csi":{"driver":"rook-ceph.rbd.csi.ceph.com","volumeAttributes":{"pool":"rbd"}}},"status":{"phase":"Bound"}}""",
        "-/PersistentVolume/pv1 v v1\ncapacityBytes: 1024\ndriver: rook-ceph.rbd.csi.ceph.com\nphase: Bound\n-/PersistentVolume/pv1 StoredOn -/CephPool/rbd\n-/PersistentVolume/pv1 StoredOn -/StorageClass/block")]
    [InlineData(EntityKinds.StorageClass, """{"metadata":{"name":"fast","uid":"s","resourceVersion":"1"},"provisioner":"ebs.csi.aws.com","parameters":{"pool":"x"}}""",
        "-/StorageClass/fast s v1\ndriver: ebs.csi.aws.com")]
    [InlineData(EntityKinds.Ingress, """{"metadata":{"name":"web","namespace":"shop","uid":"i","resourceVersion":"1"},"spec":{"tls":[{"secretName":"cert"}],"rules":[{"host":"shop.example.com","http":{"paths":[{"backend":{"service":{"name":"gateway"}}},{"backend":{"resource":{"name":"bucket"}}}]}}]}}""",
        "shop/Ingress/web i v1\ncontentHash: #\nhosts: shop.example.com\nshop/Ingress/web Calls shop/Service/gateway\nshop/Ingress/web Mounts shop/Secret/cert")]
    [InlineData(EntityKinds.IPPool, """{"metadata":{"name":"default-ipv4-ippool","uid":"p","resourceVersion":"1"},"spec":{"cidr":"10.244.0.0/16"}}""",
        "-/IPPool/default-ipv4-ippool p v1\ncidr: 10.244.0.0/16\ncontentHash: #")]
    public void Other_kinds_tell_what_matters_of_them(string kind, string json, string expected)
    {
        var shown = Kube.Show(Kube.Map(kind, json));

        Assert.Equal(Mask(expected), Mask(shown));
    }

    [Fact]
    public void A_secrets_content_shows_only_as_a_hash_that_changes_with_it()
    {
        const string Before = """{"metadata":{"name":"k","namespace":"shop","uid":"u","resourceVersion":"1","annotations":{"kubectl.kubernetes.io/last-applied-configuration":"aHVudGVyMg=="}},"data":{"p":"aHVudGVyMg==","q":"cQ=="}}""";
        const string Reordered = """{"metadata":{"name":"k","namespace":"shop","uid":"u","resourceVersion":"2"},"data":{"q":"cQ==","p":"aHVudGVyMg=="}}""";
        const string After = """{"metadata":{"name":"k","namespace":"shop","uid":"u","resourceVersion":"3"},"data":{"p":"aHVudGVyMw==","q":"cQ=="}}""";

        var hashes = new[] { Before, Reordered, After }
            .Select(json => Kube.Map(EntityKinds.Secret, json).State!.Facts)
            .Select(facts => (Hash: facts[KubeFacts.ContentHash], Keys: string.Join(',', facts.Keys)))
            .ToArray();

        Assert.Equal(hashes[0], hashes[1]);
        Assert.NotEqual(hashes[0].Hash, hashes[2].Hash);
        Assert.Equal("contentHash", hashes[0].Keys);
        Assert.DoesNotContain("aHVudGVy", Kube.Show(Kube.Map(EntityKinds.Secret, Before)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_rollout_machinerys_marks_do_not_change_the_template_hash()
    {
        var plain = Kube.Deployment();
        var marked = Kube.Deployment();
        var meta = marked["spec"]!["template"]!["metadata"]!;
        meta["labels"]!["pod-template-hash"] = "abc";
        meta["creationTimestamp"] = null;
        meta["annotations"] = new System.Text.Json.Nodes.JsonObject
        {
            ["kubectl.kubernetes.io/restartedAt"] = "2026-03-01T11:00:00Z",
        };

        Assert.Equal(TemplateHash(plain), TemplateHash(marked));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"metadata":{"name":"a"}}""")]
    [InlineData("""{"metadata":{"uid":"u"}}""")]
    [InlineData("""{"metadata":{"name":7,"uid":"u"}}""")]
    [InlineData("""{"metadata":{"name":"\ud800","uid":"u"}}""")]
    public void What_is_no_object_is_refused(string json)
    {
        using var document = JsonDocument.Parse(json);

        Assert.False(Kube.Mapper.TryMap(EntityKinds.Pod, document.RootElement, Kube.Now, out _));
    }

    [Theory]
    [InlineData("500m", 0.5)]
    [InlineData("2", 2)]
    [InlineData("1.5Gi", 1610612736)]
    [InlineData("1e3", 1000)]
    [InlineData("2E", 2e18)]
    [InlineData("128974848", 128974848)]
    [InlineData("100n", 1e-7)]
    public void Quantities_are_read(string text, double expected)
    {
        Assert.True(KubeQuantity.TryParse(text, out var value));
        Assert.Equal(expected, value, expected * 1e-12);
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("Gi")]
    [InlineData("NaN")]
    [InlineData("1Xi")]
    [InlineData("1e999")]
    public void What_is_no_quantity_is_refused(string text) => Assert.False(KubeQuantity.TryParse(text, out _));

    private static string TemplateHash(System.Text.Json.Nodes.JsonNode deployment) =>
        Kube.Map(EntityKinds.Deployment, deployment).State!.Facts[KubeFacts.TemplateHash];

    private static string Mask(string text) =>
        System.Text.RegularExpressions.Regex.Replace(text, "(templateHash|contentHash): [0-9a-f]{16}", "$1: #");

    [Theory]
    [InlineData(EntityKinds.NetworkPolicy, """{"podSelector":{}}""", "all()")]
    [InlineData(EntityKinds.NetworkPolicy, """{"podSelector":{"matchLabels":{"b":"2","app":"cart"}}}""", "app == 'cart' && b == '2'")]
    [InlineData(
        EntityKinds.NetworkPolicy,
        """{"podSelector":{"matchLabels":{"app":"cart"},"matchExpressions":[{"key":"t","operator":"In","values":["a","b"]},{"key":"u","operator":"NotIn","values":["c"]},{"key":"v","operator":"Exists"},{"key":"w","operator":"DoesNotExist"}]}}""",
        "app == 'cart' && t in {'a', 'b'} && u not in {'c'} && has(v) && !has(w)")]
    [InlineData(EntityKinds.NetworkPolicy, """{"podSelector":{"matchExpressions":[{"key":"t","operator":"Like"}]}}""", "")]
    [InlineData(EntityKinds.GlobalNetworkPolicy, """{"selector":"app == 'cart'"}""", "app == 'cart'")]
    [InlineData(EntityKinds.GlobalNetworkPolicy, """{"types":["Ingress"]}""", "all()")]
    [InlineData(EntityKinds.GlobalNetworkPolicy, """{"namespaceSelector":"team == 'a'"}""", "")]
    public void A_policy_says_which_pods_it_governs(string kind, string spec, string selector)
    {
        var item = Kube.Map(kind, $$"""{"metadata":{"name":"deny","namespace":"shop","uid":"u"},"spec":{{spec}}}""");

        Assert.Equal(selector, item.State!.Facts.GetValueOrDefault(KubeFacts.PodSelector, ""));
    }
}
