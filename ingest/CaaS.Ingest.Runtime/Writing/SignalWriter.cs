using CaaS.Ingest.Limits;
using CaaS.Log;
using CaaS.Signals;
using Microsoft.Extensions.Options;

namespace CaaS.Ingest.Runtime.Writing;

/// <summary>The one way from a source into the topic <c>signals</c>.</summary>
/// <remarks>
/// Thread-safe. A batch is cut to what one step may hold, encoded and appended; only when the receipt says so may the
/// source acknowledge. Parts of a cut batch are appended one after the other: when a later one is refused, a sender
/// that repeats the batch repeats the earlier ones (at least once).
/// </remarks>
public sealed class SignalWriter : IDisposable
{
    private readonly ILog _log;
    private readonly SignalWriterOptions _options;
    private readonly IngestMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _places;

    /// <summary>Makes the writer.</summary>
    /// <param name="log">Log to append to.</param>
    /// <param name="options">Limits.</param>
    /// <param name="metrics">Counts what is appended and refused.</param>
    /// <param name="time">Clock of the time-outs.</param>
    public SignalWriter(ILog log, IOptions<SignalWriterOptions> options, IngestMetrics metrics, TimeProvider time)
    {
        _log = log;
        _options = options.Value;
        _metrics = metrics;
        _time = time;
        _places = new SemaphoreSlim(_options.MaxPendingBatches);
    }

    /// <summary>Appends a batch and waits until it is durable.</summary>
    /// <param name="batch">Batch of any size; one without rows is not appended.</param>
    /// <param name="cancellationToken">Gives up; the batch may still become durable.</param>
    /// <returns>Whether the whole batch is durable.</returns>
    public ValueTask<Receipt> AppendAsync(SignalBatch batch, CancellationToken cancellationToken) =>
        batch.IsTick ? ValueTask.FromResult(Receipt.Durable) : AppendPartsAsync(batch, cancellationToken);

    /// <summary>Appends a tick: a batch without rows, which tells that time passed.</summary>
    /// <param name="scope">Scope whose clock ticks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether the tick is durable.</returns>
    public ValueTask<Receipt> TickAsync(Scope scope, CancellationToken cancellationToken) =>
        AppendPartsAsync(SignalBatch.Tick(scope), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private async ValueTask<Receipt> AppendPartsAsync(SignalBatch batch, CancellationToken cancellationToken)
    {
        if (!await _places.WaitAsync(_options.MaxQueueTime, cancellationToken))
        {
            return Refuse(batch, "busy");
        }

        _metrics.Pending(1);
        try
        {
            using var deadline = new CancellationTokenSource(_options.AppendTimeout, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            foreach (var part in BatchSplitter.Split(batch, SignalBatch.MaxRowCount))
            {
                await AppendPartAsync(part, either.Token);
            }

            return Receipt.Durable;
        }
        catch (LogUnavailableException)
        {
            return Refuse(batch, "unavailable");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Refuse(batch, "unavailable");
        }
        finally
        {
            _metrics.Pending(-1);
            _places.Release();
        }
    }

    private async ValueTask AppendPartAsync(SignalBatch part, CancellationToken cancellationToken)
    {
        var payload = SignalBatchCodec.Encode(part);
        if (payload.Length > LogOptions.MaxRecordBytes && part.RowCount > 1)
        {
            // Rows of long texts: halves until they fit.
            foreach (var half in BatchSplitter.Split(part, (part.RowCount + 1) / 2))
            {
                await AppendPartAsync(half, cancellationToken);
            }

            return;
        }

        if (payload.Length > LogOptions.MaxRecordBytes)
        {
            _metrics.Dropped(part.Source, "RowTooLarge", 1);
            return;
        }

        var start = _time.GetTimestamp();
        await _log.AppendAsync(Topics.Signals, 0, payload, cancellationToken);
        _metrics.Appended(part, _time.GetElapsedTime(start));
    }

    private Receipt Refuse(SignalBatch batch, string why)
    {
        _metrics.Refused(batch.Source, why, batch.RowCount);
        return new Receipt(why);
    }
}
