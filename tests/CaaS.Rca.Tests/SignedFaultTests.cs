using CaaS.Analytics;
using CaaS.Rca.Tests.Scenarios;
using CaaS.Signals;
using Xunit;

namespace CaaS.Rca.Tests;

/// <summary>Faults that Kubernetes or a log line calls by their name are found by it, where users are hurt.</summary>
public class SignedFaultTests
{
    private const int At = 300;

    [Theory]
    [InlineData("image-not-found", "ImagePullBackOff", "Failed", "Failed to pull image \"registry/payment:7\": not found")]
    [InlineData("image-pull-denied", "ErrImagePull", "Failed", "pull access denied, repository does not exist or may require authorization")]
    [InlineData("image-pull-failed", "ImagePullBackOff", "", "")]
    [InlineData("missing-config", "CreateContainerConfigError", "Failed", "Error: secret \"payment-keys\" not found")]
    [InlineData("insufficient-cpu", "", "FailedScheduling", "0/2 nodes are available: 2 Insufficient cpu.")]
    [InlineData("claim-unbound", "", "FailedScheduling", "pod has unbound immediate PersistentVolumeClaims")]
    [InlineData("quota-exceeded", "", "FailedCreate", "pods is forbidden: exceeded quota: small")]
    [InlineData("volume-mount-failed", "", "FailedMount", "Unable to attach or mount volumes: timed out waiting for the condition")]
    [InlineData("evicted-memory", "", "Evicted", "The node was low on resource: memory.")]
    [InlineData("readiness-fails", "", "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503")]
    public void A_pod_that_does_not_come_back_tells_why(string faultClass, string waiting, string reason, string message)
    {
        var shop = new Shop();
        shop.At(At, () =>
        {
            shop.StopPod(shop.PodOf("payment"));
            var pod = shop.StartPod("payment", "node2", At, isReady: false);
            shop.Alter(pod, item => item.Waiting = waiting);
            if (reason.Length > 0)
            {
                shop.Warn(shop.Find(pod), reason, message);
            }
        });

        Expect(Fail(shop, "payment").RunTo(At + 75), Shop.Workload("payment"), faultClass);
    }

    [Fact]
    public void A_config_map_that_somebody_deletes_is_missing_and_no_release()
    {
        var shop = new Shop();
        shop.At(At, () => shop.Change(
            "payment", ChangeKind.Config, "Deployment shop/payment: ConfigMap/rates, which it reads, was deleted", before: "ConfigMap/rates@1"));
        shop.At(At + 5, () =>
        {
            shop.StopPod(shop.PodOf("payment"));
            var pod = shop.StartPod("payment", "node2", At + 5, isReady: false);
            shop.Alter(pod, item => item.Waiting = "CreateContainerConfigError");
            shop.Warn(shop.Find(pod), "Failed", "Error: configmap \"rates\" not found");
        });

        Expect(Fail(shop, "payment").RunTo(At + 75), Shop.Workload("payment"), "missing-config");
    }

    [Fact]
    public void A_release_whose_image_is_not_there_is_a_bad_release_first()
    {
        var shop = new Shop();
        shop.At(At, () =>
        {
            var pod = shop.Rollout("payment", ChangeKind.Image, isReady: false);
            shop.Alter(pod, item => item.Waiting = "ImagePullBackOff");
            shop.Warn(shop.Find(pod), "Failed", "Failed to pull image: not found");
        });

        Expect(Fail(shop, "payment").RunTo(At + 75), Shop.Workload("payment"), "bad-release");
    }

    [Fact]
    public void A_service_scaled_to_zero_is_named()
    {
        var shop = new Shop();
        shop.At(At, () =>
        {
            shop.Scale("payment", 1, 0);
            shop.SendWorkload("payment", "shop", 0, 0);
            shop.StopPod(shop.PodOf("payment"));
        });

        Expect(Fail(shop, "payment").RunTo(At + 75), Shop.Workload("payment"), "scaled-to-zero");
    }

    [Fact]
    public void A_network_policy_made_just_before_requests_stop_is_named()
    {
        var shop = new Shop();
        shop.At(At, () => shop.ChangePolicy("deny-payment"));

        Expect(Fail(shop, "payment").RunTo(At + 75), Shop.Workload("payment"), "network-policy-blocks");
    }

    [Theory]
    [InlineData("disk-full", "System.IO.IOException: No space left on device : '/data/<*>'")]
    [InlineData("pool-exhausted", "Timeout: connection pool exhausted after <*> ms")]
    [InlineData("names-unresolved", "dial tcp: lookup bank.example on <*>: no such host")]
    public void A_log_line_tells_why_requests_fail(string faultClass, string line)
    {
        var shop = new Shop();
        shop.At(At + 10, () => shop.Serve("payment", SignalRole.Errors, 0.7));
        shop.At(At + 10, () => shop.Raise(
            "payment-log", Shop.Workload("payment"), SignalRole.Log, "template:1", [], 3, AnomalyKind.NewLogTemplate, line));

        Expect(Fail(shop, "payment").RunTo(At + 75), Shop.Workload("payment"), faultClass);
    }

    [Fact]
    public void A_sign_that_was_there_before_is_not_the_cause()
    {
        var shop = new Shop();
        shop.Complain("FailedScheduling", 0, At + 60);
        Faults.Play(shop, "dependency-latency", At);

        shop.RunTo(At + 75);

        Assert.Equal("dependency-latency", Assert.Single(shop.Incidents).Hypotheses[0].FaultClass);
    }

    /// <summary>Whoever calls a service fails ten seconds later.</summary>
    private static Shop Fail(Shop shop, string callee)
    {
        shop.At(At + 10, () => shop.Call("checkout", callee, SignalRole.Errors, 1));
        shop.At(At + 10, () => shop.Serve("checkout", SignalRole.Errors, 1));
        shop.At(At + 10, () => shop.Call("gateway", "checkout", SignalRole.Errors, 1));
        shop.At(At + 10, () => shop.Serve("gateway", SignalRole.Errors, 0.3));
        return shop.At(At + 10, () => shop.Call("loadgen", "gateway", SignalRole.Errors, 0.3));
    }

    private static void Expect(Shop shop, EntityRef entity, string faultClass)
    {
        var incident = Assert.Single(shop.Incidents);
        Assert.Equal(
            $"{entity} {faultClass}", $"{incident.Hypotheses[0].Entity} {incident.Hypotheses[0].FaultClass}");
        Assert.NotEqual(VerdictState.Inconclusive, incident.VerdictState);
    }
}
