using System.Collections.Concurrent;

namespace CaaS.Shop.Faults;

/// <summary>The faults in force in this pod, at most one of a kind.</summary>
internal sealed partial class FaultBoard(TimeProvider time, ILogger<FaultBoard> logger) : IDisposable
{
    private static readonly (string Variable, FaultKind Kind)[] Variables =
    [
        ("SHOP_FAULT_LEAK_MB_PER_S", FaultKind.Leak),
        ("SHOP_FAULT_CRASH_AFTER_S", FaultKind.Crash),
        ("SHOP_FAULT_CPU_THREADS", FaultKind.Cpu),
        ("SHOP_FAULT_LATENCY_MS", FaultKind.Latency),
        ("SHOP_FAULT_ERROR_PERCENT", FaultKind.Errors),
    ];

    private readonly ConcurrentDictionary<FaultKind, (Fault Fault, CancellationTokenSource End)> _active = new();
    private readonly TaskCompletionSource _crashed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a crash fault has struck.</summary>
    public Task Crashed => _crashed.Task;

    /// <summary>The faults in force, by kind.</summary>
    public Fault[] Active => [.. _active.Values.Select(entry => entry.Fault).OrderBy(fault => fault.Kind)];

    /// <summary>How much of a kind is in force; 0 for none.</summary>
    public double ValueOf(FaultKind kind) => _active.TryGetValue(kind, out var entry) ? entry.Fault.Value : 0;

    /// <summary>Puts the faults of the pod's template in force: they come back with every restart.</summary>
    public void AddFromEnvironment()
    {
        foreach (var (variable, kind) in Variables)
        {
            if (ShopOptions.Number(variable, 0) is > 0 and var value)
            {
                Set(kind, value, null);
            }
        }
    }

    /// <summary>Puts a fault in force, in place of one of its kind.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="value">How much; 0 or less switches the kind off.</param>
    /// <param name="duration">How long; null until it is switched off.</param>
    public void Set(FaultKind kind, double value, TimeSpan? duration)
    {
        if (_active.TryRemove(kind, out var previous))
        {
            previous.End.Cancel();
        }

        if (!(value > 0))
        {
            return;
        }

        var end = duration is { } length ? new CancellationTokenSource(length, time) : new CancellationTokenSource();
        var entry = (new Fault(kind, value, duration is { } d ? time.GetUtcNow() + d : null), end);
        _active[kind] = entry;
        end.Token.Register(() => _active.TryRemove(KeyValuePair.Create(kind, entry)));
        _ = StrikeAsync(kind, value, end.Token);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, end) in _active.Values)
        {
            end.Cancel();
        }
    }

    /// <summary>Starts what acts by itself; <see cref="FaultGate"/> acts on latency, errors and time-outs.</summary>
    private async Task StrikeAsync(FaultKind kind, double value, CancellationToken end)
    {
        try
        {
            switch (kind)
            {
                case FaultKind.Cpu:
                    Strain.Burn((int)value, end);
                    break;
                case FaultKind.Leak:
                    await Strain.LeakAsync(value, time, end);
                    break;
                case FaultKind.Disk:
                    await Strain.FillDiskAsync(value, end);
                    break;
                case FaultKind.Crash:
                    await Task.Delay(TimeSpan.FromSeconds(value), time, end);
                    await CrashAsync();
                    break;
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The fault was switched off.
        }
        catch (IOException exception)
        {
            LogStrainFailed(exception, kind);
        }
    }

    private async Task CrashAsync()
    {
        try
        {
            throw new InvalidOperationException("The price table's format 3 cannot be read by this release.");
        }
        catch (InvalidOperationException exception)
        {
            LogFatal(exception);
        }

        await Task.Delay(TimeSpan.FromMilliseconds(200), time); // the console logger writes behind
        _crashed.TrySetResult();
    }

    [LoggerMessage(20, LogLevel.Critical, "Unhandled exception. The process ends.")]
    private partial void LogFatal(Exception exception);

    [LoggerMessage(21, LogLevel.Error, "Fault {Kind} could not be carried out.")]
    private partial void LogStrainFailed(Exception exception, FaultKind kind);
}
