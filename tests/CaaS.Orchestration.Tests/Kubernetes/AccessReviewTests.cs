using System.Net;
using System.Text.Json.Nodes;
using CaaS.Orchestration.Runtime.Kubernetes;
using Xunit;

namespace CaaS.Orchestration.Tests.Kubernetes;

/// <summary>What the platform finds out about its own rights, against an API server that knows an account's
/// rules.</summary>
public class AccessReviewTests
{
    private static readonly Uri Server = new("http://cluster");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_right_is_asked_for_by_itself_and_all_are_there()
    {
        using var account = new Account(_ => true);

        var report = await account.Review().ReviewAsync(ClusterRight.ToOperate, Cancel);

        Assert.True(report.IsOk);
        Assert.Equal(
            ClusterRight.ToOperate.Select(right => right.ToString()).Order(StringComparer.Ordinal),
            account.Asked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_missing_is_named_in_the_order_asked()
    {
        using var account = new Account(right => right is not ("patch nodes" or "create pods/eviction"));

        var report = await account.Review().ReviewAsync(ClusterRight.ToOperate, Cancel);

        Assert.Equal(["patch nodes", "create pods/eviction"], report.Missing.Select(right => right.ToString()));
        Assert.Equal("", report.Why);
    }

    [Fact]
    public async Task A_server_that_refuses_to_say_is_not_a_yes()
    {
        using var account = new Account(_ => true) { Status = HttpStatusCode.Unauthorized };

        var report = await account.Review().ReviewAsync(ClusterRight.ToOperate, Cancel);

        Assert.False(report.IsOk);
        Assert.Contains("401", report.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"status":{}}""")]
    [InlineData("""{"status":{"allowed":"yes"}}""")]
    [InlineData("[]")]
    [InlineData("not json")]
    public async Task An_answer_without_a_verdict_is_no_right(string answer)
    {
        using var account = new Account(_ => true) { Answer = answer };

        var report = await account.Review().ReviewAsync([ClusterRight.ToOperate[0]], Cancel);

        Assert.Equal(ClusterRight.ToOperate[0], Assert.Single(report.Missing));
    }

    [Fact]
    public async Task Without_a_cluster_nothing_is_asked() =>
        Assert.Null(await new OperatorAccess(review: null).ReviewAsync(Cancel));

    /// <summary>An API server that answers reviews by one account's rules.</summary>
    private sealed class Account(Predicate<string> isAllowed) : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        public HttpStatusCode Status { get; init; } = HttpStatusCode.Created;

        public string? Answer { get; init; }

        public AccessReview Review() => AccessReview.Over(new HttpClient(this), Server, new KubernetesOptions());

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.Equal("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", request.RequestUri!.AbsolutePath);
            var asked = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!["spec"]!["resourceAttributes"]!;
            var resource = asked["subresource"] is { } sub ? $"{asked["resource"]}/{sub}" : $"{asked["resource"]}";
            var right = new ClusterRight($"{asked["group"]}", resource, $"{asked["verb"]}", "").ToString();
            lock (Asked) // Reviews are sent side by side.
            {
                Asked.Add(right);
            }

            var body = Answer ?? "{\"status\":{\"allowed\":" + (isAllowed(right) ? "true" : "false") + "}}";
            return new HttpResponseMessage(Status) { Content = new StringContent(body) };
        }
    }
}
