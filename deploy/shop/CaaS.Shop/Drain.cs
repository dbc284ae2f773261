using System.Runtime.InteropServices;

namespace CaaS.Shop;

/// <summary>Ends the process kindly: on SIGTERM it says "not ready", serves on while Services forget it, then
/// stops.</summary>
internal sealed class Drain(IHostApplicationLifetime application, TimeProvider time) : IHostLifetime, IDisposable
{
    /// <summary>Longer than an endpoint's removal takes to reach every node's rules.</summary>
    private static readonly TimeSpan Notice = TimeSpan.FromSeconds(4);

    private readonly List<PosixSignalRegistration> _signals = [];
    private int _isDraining;

    /// <summary>Whether the pod has been told to stop.</summary>
    public bool IsDraining => Volatile.Read(ref _isDraining) == 1;

    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT })
        {
            _signals.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                if (Interlocked.Exchange(ref _isDraining, 1) == 0)
                {
                    _ = StopAfterNoticeAsync();
                }
            }));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _signals.ForEach(signal => signal.Dispose());

    private async Task StopAfterNoticeAsync()
    {
        await Task.Delay(Notice, time);
        application.StopApplication();
    }
}
