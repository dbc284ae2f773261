using System.Text.Json;
using CaaS.Client.Wire;
using Xunit;

namespace CaaS.Live.Tests;

/// <summary>Eleven faults on a real cluster: one incident each, the right cause, a fitting operation that mends
/// it.</summary>
[Collection(nameof(SharedShop))]
public sealed class FaultTests(ShopCluster cluster, ITestOutputHelper output)
{
    private static readonly TimeSpan SymptomLimit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan IncidentLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan EndLimit = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(5);

    [Fact]
    public Task A_bad_release_is_found_and_rolled_back()
    {
        Live.Require();
        return RunAsync(Cases.BadRelease);
    }

    [Fact]
    public Task A_memory_leak_is_found_and_rolled_back()
    {
        Live.RequireFull();
        return RunAsync(Cases.MemoryLeak);
    }

    [Fact]
    public Task A_processor_hog_is_found_beside_its_victim()
    {
        Live.RequireFull();
        return RunAsync(Cases.CpuHog);
    }

    [Fact]
    public Task A_lost_node_is_found_and_cordoned()
    {
        Live.RequireFull();
        return RunAsync(Cases.NodeLost);
    }

    [Fact]
    public Task A_slow_dependency_is_found()
    {
        Live.RequireFull();
        return RunAsync(Cases.SlowDependency);
    }

    [Fact]
    public Task A_bad_configuration_is_found_and_rolled_back()
    {
        Live.RequireFull();
        return RunAsync(Cases.BadConfiguration);
    }

    [Fact]
    public Task A_service_scaled_to_zero_is_found()
    {
        Live.RequireFull();
        return RunAsync(Cases.ScaledToZero);
    }

    [Fact]
    public Task Deleted_settings_are_found()
    {
        Live.RequireFull();
        return RunAsync(Cases.MissingConfiguration);
    }

    [Fact]
    public Task A_quota_that_lets_no_pod_be_made_is_found()
    {
        Live.RequireFull();
        return RunAsync(Cases.QuotaExceeded);
    }

    [Fact]
    public Task An_image_that_is_not_there_is_found()
    {
        Live.RequireFull();
        return RunAsync(Cases.ImageNotFound);
    }

    [Fact]
    public Task Pods_that_ask_for_too_much_are_found()
    {
        Live.RequireFull();
        return RunAsync(Cases.InsufficientCpu);
    }

    private async Task RunAsync(FaultCase fault)
    {
        var client = cluster.Client;
        var known = (await client.IncidentsAsync(openOnly: false, 1000, Cancel)).Select(i => i.Id).ToHashSet();
        Assert.DoesNotContain(await client.IncidentsAsync(openOnly: true, 1000, Cancel), i => i.Status == IncidentStatus.Open);
        var usualP95Ms = Median((await ShopCluster.WindowsAsync()).TakeLast(24).Select(w => w.P95Ms).OfType<double>());

        var injectedAt = TimeProvider.System.GetUtcNow();
        await ShopCluster.FaultAsync(fault.Letter, "on");
        try
        {
            var incident = await FoundAsync(fault, known, injectedAt, usualP95Ms);
            if (fault.Operation is { } kind)
            {
                await MendAsync(incident, kind, fault);
            }
        }
        finally
        {
            await ShopCluster.FaultAsync(fault.Letter, "off");
        }

        await EndedAsync(known);
        if (Live.RecordTo is { } folder)
        {
            await RecordAsync(folder, fault, injectedAt);
        }

        if (Live.IsFull)
        {
            await Task.Delay(Rest, Cancel);
        }
    }

    /// <summary>Keeps a healthy time before the fault, the fault, and its end.</summary>
    private async Task RecordAsync(string folder, FaultCase fault, DateTimeOffset injectedAt)
    {
        Directory.CreateDirectory(folder);
        var (from, to) = (injectedAt - Rest, TimeProvider.System.GetUtcNow());
        await using (var recording = await cluster.Client.RecordingAsync(from, to, Cancel))
        await using (var file = File.Create(Path.Combine(folder, fault.FaultClass + ".caasrec")))
        {
            await recording.CopyToAsync(file, Cancel);
        }

        var truth = new { entity = fault.Entity, faultClass = fault.FaultClass, onset = $"{injectedAt.UtcDateTime:s}Z" };
        await File.WriteAllTextAsync(
            Path.Combine(folder, fault.FaultClass + ".truth.json"), JsonSerializer.Serialize(truth) + "\n", Cancel);
    }

    private async Task<Incident> FoundAsync(
        FaultCase fault, HashSet<string> known, DateTimeOffset injectedAt, double usualP95Ms)
    {
        DateTimeOffset? symptomAt = null;
        var incident = await Wait.ForAsync("an incident", SymptomLimit + IncidentLimit, async () =>
        {
            symptomAt ??= (await ShopCluster.WindowsAsync())
                .FirstOrDefault(w => w.Start >= injectedAt && w.Hurts(usualP95Ms))?.Start;
            return await New(known) is [var first, ..] ? first : null;
        });
        output.WriteLine($"{fault.Letter}: injected {injectedAt:T}, symptom {symptomAt:T}, opened {incident.OpenedAt:T}");

        // The ranking settles while evidence arrives; a minute after the symptom is what is promised.
        var judgeAt = (symptomAt ?? incident.OpenedAt) + IncidentLimit;
        await Task.Delay(Max(judgeAt - TimeProvider.System.GetUtcNow()), Cancel);
        var open = await New(known);
        foreach (var found in open)
        {
            output.WriteLine($"{found.Id} {found.Status} {found.Verdict}");
            foreach (var cause in found.Hypotheses.Take(3))
            {
                output.WriteLine($"  {cause.Rank}. {cause.Entity} {cause.FaultClass} {cause.Confidence:0.00}");
            }
        }

        var only = Assert.Single(open);
        Assert.True(only.OpenedAt <= judgeAt, $"Opened {only.OpenedAt:T}, promised by {judgeAt:T}.");
        var first = only.Hypotheses[0];
        Assert.Equal((fault.Entity, fault.Named), (first.Entity, first.FaultClass));
        return only;
    }

    private async Task MendAsync(Incident incident, OperationKind kind, FaultCase fault)
    {
        await CarryOutAsync(incident, kind, fault.Entity);
        if (kind == OperationKind.Cordon)
        {
            // A cordon keeps new pods away; the machine itself is mended by hand, and then opened again.
            await ShopCluster.FaultAsync(fault.Letter, "off");
            await CarryOutAsync(incident, OperationKind.Uncordon, fault.Entity);
        }

        var resolved = await Wait.ForAsync("the incident's end", EndLimit, async () =>
            await cluster.Client.IncidentAsync(incident.Id, Cancel) is { Status: IncidentStatus.Resolved } i ? i : null);
        output.WriteLine($"  resolved {resolved.ResolvedAt:T}");
    }

    /// <summary>Approves what is proposed, and sees it through to its verification and its audit trail.</summary>
    private async Task CarryOutAsync(Incident incident, OperationKind kind, string target)
    {
        var client = cluster.Client;
        var proposed = await Wait.ForAsync($"a proposed {kind}", TimeSpan.FromMinutes(2), async () =>
            (await client.OperationsAsync(incident.Id, 50, Cancel))
                .FirstOrDefault(o => o.Kind == kind && o.Status == OperationStatus.Proposed));
        Assert.Equal(target, proposed.Target);
        Assert.NotEmpty(proposed.Diff);

        var approved = await client.ApproveAsync(proposed.Id, Cancel);
        Assert.True(approved.IsDone, approved.Why);

        var ended = await Wait.ForAsync($"the end of the {kind}", EndLimit, async () =>
            await client.OperationAsync(proposed.Id, Cancel) is { } o && IsOver(o) ? o : null);
        foreach (var step in ended.History)
        {
            output.WriteLine($"  {step.Time:T} {step.Status} {step.Actor}: {step.Text}");
        }

        Assert.Equal(
            [OperationStatus.Checking, OperationStatus.Proposed, OperationStatus.Executing, OperationStatus.Verifying, OperationStatus.Succeeded],
            ended.History.Select(step => step.Status).Distinct());
        Assert.Equal(ended.History.Select(step => step.Time).Order(), ended.History.Select(step => step.Time));
        var audit = await client.AuditAsync(proposed.Id, 100, Cancel);
        Assert.Contains(audit, entry => entry.Verb == "operation.approve" && entry.State == OutcomeState.Done);
    }

    private async Task EndedAsync(HashSet<string> known) =>
        await Wait.ForAsync("quiet", EndLimit, async () =>
            (await New(known)).All(i => i.Status == IncidentStatus.Resolved) ? "quiet" : null);

    private async Task<IReadOnlyList<Incident>> New(HashSet<string> known) =>
        [.. (await cluster.Client.IncidentsAsync(openOnly: false, 1000, Cancel)).Where(i => !known.Contains(i.Id) && i.Status != IncidentStatus.Merged)];

    private static bool IsOver(Operation operation) => operation.Status is
        OperationStatus.Succeeded or OperationStatus.Failed or OperationStatus.RolledBack or OperationStatus.Blocked
        or OperationStatus.Expired or OperationStatus.Rejected;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static TimeSpan Max(TimeSpan wait) => wait > TimeSpan.Zero ? wait : TimeSpan.Zero;

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.PositiveInfinity : sorted[sorted.Length / 2];
    }
}
