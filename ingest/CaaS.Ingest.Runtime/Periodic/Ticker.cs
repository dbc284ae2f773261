using CaaS.Ingest.Runtime.Writing;
using CaaS.Signals;

namespace CaaS.Ingest.Runtime.Periodic;

/// <summary>Appends a tick each second, so that every stage sees time pass, in life and on replay.</summary>
internal sealed class Ticker(SignalWriter writer, Scope scope) : IPeriodicWork
{
    public string Name => "tick";

    public TimeSpan Interval => TimeSpan.FromSeconds(1);

    public TimeSpan FirstDelay => TimeSpan.Zero;

    public async Task StepAsync(CancellationToken cancellationToken) =>
        await writer.TickAsync(scope, cancellationToken);

    public Task EndAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
