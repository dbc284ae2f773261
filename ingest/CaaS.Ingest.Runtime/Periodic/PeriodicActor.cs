using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Microsoft.Extensions.Logging;

namespace CaaS.Ingest.Runtime.Periodic;

/// <summary>Gives a periodic work its life: wakes it, never twice at once, and ends it.</summary>
/// <remarks>A step that is still running when the next is due makes that one be left out, so that nothing queues
/// up.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "An actor is disposed of by PostStop.")]
internal sealed partial class PeriodicActor : ReceiveActor
{
    private readonly IPeriodicWork _work;
    private readonly TimeProvider _time;
    private readonly IngestMetrics _metrics;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private ITimer? _timer;
    private bool _isBusy;
    private bool _isRetiring;

    public PeriodicActor(IPeriodicWork work, TimeProvider time, IngestMetrics metrics, ILogger logger)
    {
        _work = work;
        _time = time;
        _metrics = metrics;
        _logger = logger;
        Receive<Due>(_ => Run());
        Receive<Stepped>(OnStepped);
        Receive<Retire>(_ => OnRetire());
        Receive<Ended>(_ => Context.Stop(Self));
    }

    public static Props Props(IPeriodicWork work, TimeProvider time, IngestMetrics metrics, ILogger logger) =>
        Akka.Actor.Props.Create(() => new PeriodicActor(work, time, metrics, logger));

    protected override void PreStart()
    {
        var self = Self;
        _timer = _time.CreateTimer(_ => self.Tell(Due.Instance), null, _work.FirstDelay, _work.Interval);
    }

    protected override void PostStop()
    {
        _timer?.Dispose();
        _stop.Cancel();
        _stop.Dispose();
    }

    private void Run()
    {
        if (_isBusy || _isRetiring)
        {
            return;
        }

        _isBusy = true;
        StepAsync(_work, _stop.Token).PipeTo(Self, success: error => new Stepped(error));
    }

    private void OnStepped(Stepped stepped)
    {
        _isBusy = false;
        if (stepped.Error is { } error)
        {
            // The work keeps what it learnt and tries again when it is due: a restart would only forget it.
            _metrics.Failed(_work.Name);
            LogStepFailed(_logger, _work.Name, error);
        }

        if (_isRetiring)
        {
            End();
        }
    }

    private void OnRetire()
    {
        _timer?.Dispose();
        if (!_isRetiring && !_isBusy)
        {
            End();
        }

        _isRetiring = true;
    }

    private void End() => EndAsync(_work, _stop.Token).PipeTo(Self, success: () => Ended.Instance, failure: _ => Ended.Instance);

    private static async Task<Exception?> StepAsync(IPeriodicWork work, CancellationToken stop)
    {
        try
        {
            await work.StepAsync(stop);
            return null;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }

    private static Task EndAsync(IPeriodicWork work, CancellationToken stop) => work.EndAsync(stop);

    /// <summary>Asks the actor to end the work and then itself.</summary>
    internal sealed class Retire
    {
        public static readonly Retire Instance = new();
    }

    private sealed class Due
    {
        public static readonly Due Instance = new();
    }

    private sealed record Stepped(Exception? Error);

    private sealed class Ended
    {
        public static readonly Ended Instance = new();
    }
}
