using Akka.Actor;
using Microsoft.Extensions.Logging;

namespace CaaS.Rca.Runtime;

/// <summary>Takes anomalies and signals from the log, steps the core, and hands on what it says.</summary>
/// <remarks>One read is under way at a time. A failure ends the actor; its successor warms up from the log and the
/// store.</remarks>
public sealed partial class RcaActor : ReceiveActor, IDisposable
{
    private readonly RcaFeed _feed;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ILogger<RcaActor> _logger;

    /// <summary>Makes the actor.</summary>
    /// <param name="feed">What it reads from and writes to; its own.</param>
    /// <param name="logger">Where it says what it decides.</param>
    public RcaActor(RcaFeed feed, ILogger<RcaActor> logger)
    {
        _feed = feed;
        _logger = logger;
        Receive<Opened>(opened =>
        {
            LogOpened(opened.NextOffset, opened.WarmUpCount);
            Advance();
        });
        Receive<Advanced>(_ => Advance());
        Receive<Status.Failure>(failure =>
        {
            LogFailed(failure.Cause);
            throw new RcaFailedException("Root-cause analysis has to start anew.", failure.Cause);
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    /// <inheritdoc/>
    protected override void PreStart() => OpenAsync().PipeTo(Self);

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _stopping.Cancel();
        Dispose();
    }

    private async Task<Opened> OpenAsync()
    {
        var count = await _feed.OpenAsync(_stopping.Token).ConfigureAwait(false);
        return new Opened(_feed.NextOffset, count);
    }

    private void Advance() => AdvanceAsync().PipeTo(Self);

    private async Task<Advanced> AdvanceAsync() => new(await _feed.AdvanceAsync(_stopping.Token).ConfigureAwait(false));

    private sealed record Opened(long NextOffset, long WarmUpCount);

    private sealed record Advanced(int RecordCount);
}
