using CaaS.Analytics;
using CaaS.Analytics.Ports;
using CaaS.Client.Wire;
using CaaS.Ingest.Ports;
using CaaS.Log;
using CaaS.Orchestration.Ports;
using Microsoft.Extensions.Options;

namespace CaaS.Api.Platform;

/// <summary>How far every stage is behind, and what is wrong.</summary>
internal sealed class PlatformReport(
    ILog log,
    IOperationStore operations,
    PlatformIdentity platform,
    SourceWatch sources,
    IAnalyticsStanding analytics,
    IEnumerable<IDoctorCheck> checks,
    IEnumerable<ISourceReadiness> firstSyncs,
    IOptions<ApiOptions> options,
    TimeProvider time)
{
    private const long FreeBytesMin = 1024L * 1024 * 1024;
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(10);

    // History commits what is in blocks; its newest minutes are in memory and asked like the rest (History:HeadMaxAge).
    private static readonly TimeSpan HistoryHead = TimeSpan.FromMinutes(10);

    /// <summary>Stages in the order data flows: consumer group, the topic whose lag tells most, and what it may hold
    /// back.</summary>
    private static readonly (string Stage, Topic Topic, TimeSpan Held)[] Stages =
    [
        ("history", Topics.Signals, HistoryHead),
        ("analytics", Topics.Signals, TimeSpan.Zero),
        ("rca", Topics.Anomalies, TimeSpan.Zero),
        ("orchestration", Topics.Incidents, TimeSpan.Zero),
        ("alerting", Topics.Incidents, TimeSpan.Zero),
    ];

    public async Task<PlatformStatus> StatusAsync(CancellationToken cancellationToken)
    {
        var stages = await StagesAsync(cancellationToken).ConfigureAwait(false);
        var isStopped = await operations.KillSwitchAsync(cancellationToken).ConfigureAwait(false);
        return new PlatformStatus(
            platform.Version, time.GetUtcNow(), sources.StartedAt, stages.All(stage => stage.Ok) && !Awaited().Any(),
            isStopped, stages, sources.Sources(), LearningOf(analytics.Series));
    }

    /// <summary>Names of what keeps the platform from being ready; empty when it is.</summary>
    public async Task<IReadOnlyList<string>> NotReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            var stages = await StagesAsync(cancellationToken).ConfigureAwait(false);
            return [.. stages.Where(stage => !stage.Ok).Select(stage => stage.Name), .. Awaited()];
        }
        catch (LogUnavailableException)
        {
            return ["log", .. Awaited()];
        }
    }

    public async Task<Doctor> DoctorAsync(CancellationToken cancellationToken)
    {
        var found = new List<DoctorCheck>();
        foreach (var stage in await StagesAsync(cancellationToken).ConfigureAwait(false))
        {
            var text = stage.Text.Length > 0 ? stage.Text : $"It is {stage.LagSeconds ?? 0:0.#} s behind.";
            found.Add(new DoctorCheck(
                $"stage-{stage.Name}", stage.Ok, text,
                stage.Ok ? "" : "Look at the log of the host for this stage; give it more CPU if it only lags."));
        }

        found.AddRange(Awaited().Select(why => new DoctorCheck(
            "sources", false, $"A source is not synchronised: {why}.",
            "Until it is, what it does not show is not judged. See that its server is reached and allows to list.")));
        found.Add(DiskSpace());
        foreach (var check in checks)
        {
            found.Add(await LookAsync(check, cancellationToken).ConfigureAwait(false));
        }

        return new Doctor(time.GetUtcNow(), platform.IsReplay, found);
    }

    private IEnumerable<string> Awaited() => firstSyncs.Select(source => source.Awaited).Where(why => why.Length > 0);

    /// <summary>Series that are judged or will be; those left out because of a cap are counted apart.</summary>
    private static LearningStatus LearningOf(SeriesCounts? counts) => counts is { } known
        ? new LearningStatus(
            known.Learning + known.Watched + known.Silent, known.Learning, known.Watched, known.Silent, known.Dropped)
        : new LearningStatus(null, null, null, null, null);

    private static async Task<DoctorCheck> LookAsync(IDoctorCheck check, CancellationToken cancellationToken)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(CheckTimeout);
            return await check.LookAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return new DoctorCheck(check.GetType().Name, false, e.Message, "The check itself failed: see the host's log.");
        }
    }

    private DoctorCheck DiskSpace()
    {
        if (platform.DataFolder.Length == 0)
        {
            return new DoctorCheck("disk", true, "There is no data folder to look at.", "");
        }

        var free = new DriveInfo(Path.GetFullPath(platform.DataFolder)).AvailableFreeSpace;
        var text = $"{free / 1024 / 1024} MiB are free for {platform.DataFolder}.";
        return free >= FreeBytesMin
            ? new DoctorCheck("disk", true, text, "")
            : new DoctorCheck("disk", false, text, "Free some space, or lower Log:RetentionBytes and History's retention.");
    }

    private async Task<IReadOnlyList<StageStatus>> StagesAsync(CancellationToken cancellationToken)
    {
        var stages = new List<StageStatus>();
        foreach (var (stage, topic, held) in Stages)
        {
            stages.Add(await StageAsync(stage, topic, held, cancellationToken).ConfigureAwait(false));
        }

        return stages;
    }

    private async Task<StageStatus> StageAsync(
        string stage, Topic topic, TimeSpan held, CancellationToken cancellationToken)
    {
        var (first, end) = await log.RangeAsync(topic, 0, cancellationToken).ConfigureAwait(false);
        var committed = await log.CommittedAsync(stage, topic, 0, cancellationToken).ConfigureAwait(false);
        var next = Math.Max(first, committed ?? first);
        if (next >= end)
        {
            return new StageStatus(stage, true, committed is null ? null : 0, 0, "");
        }

        // The age of the oldest record that waits says more than their number.
        var waiting = await log.ReadAsync(topic, 0, next, 1, cancellationToken).ConfigureAwait(false);
        var lag = time.GetUtcNow() - waiting[0].AppendedAt;
        var isOk = lag <= options.Value.ReadyLag + held;
        var text = isOk ? (held > TimeSpan.Zero ? "Its newest records are in memory, and found like the rest." : "")
            : committed is null ? "It has not begun."
            : $"It is {lag.TotalSeconds:0} s behind.";
        return new StageStatus(stage, isOk, end - next, Math.Max(0, lag.TotalSeconds), text);
    }
}
