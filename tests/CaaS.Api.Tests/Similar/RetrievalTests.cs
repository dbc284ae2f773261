using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using CaaS.Analytics.Ports;
using CaaS.Analytics.Runtime;
using CaaS.Analytics.Text;
using CaaS.Api.Similar;
using CaaS.Rca;
using CaaS.Rca.FaultClasses;
using CaaS.Replay;
using CaaS.Signals;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace CaaS.Api.Tests.Similar;

/// <summary>Real incidents against a folder of runbooks of which most are about something else.</summary>
public sealed class RetrievalTests : IAsyncLifetime
{
    private readonly ServiceProvider _services = Services();
    private IHostedService _watch = null!;
    private IDocumentLibrary _library = null!;

    public async ValueTask InitializeAsync()
    {
        _watch = Assert.Single(_services.GetServices<IHostedService>());
        await _watch.StartAsync(CancellationToken.None);
        _library = _services.GetRequiredService<IDocumentLibrary>();
        await Eventually.HoldsAsync(() => Task.FromResult(_library.Standing.Documents == 17));
    }

    public async ValueTask DisposeAsync()
    {
        await _watch.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }

    [Theory]
    [InlineData("bad-release", "failed-deploy.md")]
    [InlineData("config-error", "wrong-configuration.txt")]
    [InlineData("cpu-contention", "noisy-neighbour.md")]
    [InlineData("dependency-latency", "slow-dependency.md")]
    public void The_right_runbook_of_a_recorded_incident_is_first_and_no_other_is_said_to_fit(string recording, string right) =>
        FitsAlone(Recorded(recording), right);

    [Fact]
    public void A_leak_finds_its_runbook() => FitsAlone(Leak, "memory-leak.md");

    [Fact]
    public void A_lost_node_finds_its_runbook() => FitsAlone(LostNode, "node-down.html");

    [Fact]
    public void An_incident_nobody_has_written_about_finds_nothing()
    {
        Assert.All(
            new[] { Pending, Unexplained, Surge },
            incident => Assert.True(Found(incident).Count == 0, Scores(incident)));
    }

    [Theory]
    [InlineData("ORA-01555", null)]
    [InlineData("quarterly revenue forecast", null)]
    [InlineData("53300", "backups.md")]
    [InlineData("no space left on device", "disk-full.md")]
    [InlineData("who is responsible for payment on-call", "on-call.md")]
    [InlineData("EAI_AGAIN", "dns.md")]
    [InlineData("es-40312", "post-mortems/black-friday.html")]
    [InlineData("search-es-3.internal", "post-mortems/black-friday.html")]
    [InlineData("pods OOMKilled out of memory", "memory-leak.md")]
    public void A_search_finds_what_is_there_and_nothing_else(string query, string? right) =>
        Assert.Equal(right, _library.Search(TextQuestion.Search(query), 5) is [var first, ..] ? first.Document.Id : null);

    [Fact]
    public void The_section_that_helps_is_picked()
    {
        var match = _library.Search(TextQuestion.Search("node NotReady kubectl get nodes"), 1)[0];

        Assert.Equal(("Node NotReady or gone", "Check"), (match.Document.Title, match.Heading));
        Assert.StartsWith("kubectl get nodes shows NotReady", match.Excerpt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bad-release")]
    [InlineData("config-error")]
    [InlineData("cpu-contention")]
    [InlineData("dependency-latency")]
    public void An_incident_is_like_the_one_of_last_week_and_not_like_one_of_another_fault(string recording)
    {
        var index = new TextIndex(new TextIndexLimits(10, 1_000_000));
        Incident[] others = [Leak, LostNode, Pending, Surge];
        foreach (var (other, number) in others.Select((other, number) => (other, number)))
        {
            index.Put(IncidentQuestions.Document(other with { Id = $"other{number}" }));
        }

        var now = Recorded(recording);
        index.Put(IncidentQuestions.Document(now with { Id = "last-week" }));

        var match = Assert.Single(index.Search(IncidentQuestions.ForIncidents(now), 5));
        Assert.Equal(("last-week", Fit.Fits), (match.Document.Id, match.Fit));
    }

    [Fact]
    public void Every_fault_class_has_its_words() =>
        Assert.All(FaultCatalogue.Default.Classes, one => Assert.NotEmpty(FaultWords.Of(one.Id)));

    private static readonly EntityRef Cart = new(Scope.Default, "shop", "Deployment", "cart");

    private static Incident Leak => Made(Cart, "memory-leak",
        "cart uses ever more memory until it is killed for it: OOMKilled 3 times in 4 minutes.",
        [(EvidenceKind.State, "cart-5d896f8ffd-2k2qm was killed for its memory (OOMKilled) 3 times since 12:07:01"),
            (EvidenceKind.Metric, "Working set of cart grows 5.1 MiB/s")],
        [("http_server_request_duration_seconds", "18 % of requests to gateway fail")]);

    private static Incident LostNode => Made(new(Scope.Default, "-", "Node", "node2"), "node-lost",
        "node2 does not answer, and with it everything that ran there.",
        [(EvidenceKind.State, "node2 is NotReady since 12:07:01: NodeStatusUnknown, Kubelet stopped posting node status."),
            (EvidenceKind.Topology, "All pods of stock and payment ran on node2")],
        [("NotReady", "node2 is not ready"), ("http_client_request_duration_seconds", "Requests of gateway to stock fail")]);

    private static Incident Pending => Made(Cart, "pod-unschedulable", "No node has room for the pods of cart.",
        [(EvidenceKind.State, "cart-5d896f8ffd-x2x1z waits: FailedScheduling, 0/2 nodes are available: 2 Insufficient cpu.")],
        [("FailedScheduling", "2 of 3 pods of cart are pending")]);

    private static Incident Surge => Made(Cart, "traffic-surge", "cart gets more requests than it can serve.",
        [(EvidenceKind.Metric, "Requests to cart: 412.2 a second instead of at most 90.1")],
        [("http_server_request_duration_seconds", "cart is slow: 900 ms instead of at most 80 ms")]);

    private static Incident Unexplained => Made(Cart, "", "No cause found.", [],
        [("http_server_request_duration_seconds", "18 % of requests to cart fail, expected below 1 %")]);

    private void FitsAlone(Incident incident, string right)
    {
        var found = Found(incident);

        Assert.True(
            found.Count > 0 && found[0].Document.Id == right && found[0].Fit == Fit.Fits && found.Skip(1).All(other => other.Fit == Fit.MayFit),
            Scores(incident));
    }

    private IReadOnlyList<TextMatch> Found(Incident incident) => _library.Search(IncidentQuestions.ForDocuments(incident), 5);

    /// <summary>How every document would score, for who has to set a threshold.</summary>
    private string Scores(Incident incident) => string.Join('\n', _library
        .Search(IncidentQuestions.ForDocuments(incident) with { MayFitAt = 0, KeyAt = 0, ShadeAt = 0 }, 4)
        .Select(match => string.Create(
            CultureInfo.InvariantCulture, $"{match.Score:0.000} {match.Document.Id} {string.Join(", ", match.Because)}"))
        .Prepend(incident.Title));

    private static Incident Recorded(string name)
    {
        Incident? last = null;
        using var file = File.OpenRead(Path.Combine(Folder(), "../../../incidents", $"{name}.caasrec"));
        ReplayRunner.Run(RecordingReader.Read(file), (_, step) => last = step.Incidents.LastOrDefault()?.Incident ?? last);
        return last!;
    }

    private static Incident Made(
        EntityRef entity,
        string faultClass,
        string verdict,
        (EvidenceKind Kind, string Text)[] evidence,
        (string Signal, string Text)[] symptoms)
    {
        var cause = new Hypothesis(
            1, entity, faultClass, 0.9, FakeStages.T,
            [.. evidence.Select(one => new Evidence(one.Kind, entity, FakeStages.T, one.Text, 2, "", [], double.NaN, double.NaN))],
            [entity]);
        return FakeStages.Incident with
        {
            Title = $"{FaultCatalogue.Default.Find(faultClass)?.Title ?? "Errors"}: {entity}",
            Verdict = verdict,
            Hypotheses = faultClass.Length == 0 ? [] : [cause],
            Symptoms = [.. symptoms.Select(one => new Symptom(one.Text, entity, one.Signal, FakeStages.T, null, one.Text, ""))],
            Timeline = ImmutableArray<TimelineEntry>.Empty,
        };
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Library");

    private static ServiceProvider Services()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Analytics:Documents:Folder", Folder())]).Build();
        return new ServiceCollection().AddLogging().AddMetrics().AddSingleton(TimeProvider.System)
            .AddAnalytics(configuration).BuildServiceProvider();
    }
}
