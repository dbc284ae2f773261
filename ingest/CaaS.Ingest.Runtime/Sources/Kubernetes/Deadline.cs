namespace CaaS.Ingest.Runtime.Sources.Kubernetes;

/// <summary>A token that is cancelled by its parent or when time is up.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _linked;

    public Deadline(TimeProvider time, TimeSpan wait, CancellationToken parent)
    {
        _timer = new CancellationTokenSource(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, parent);
    }

    public CancellationToken Token => _linked.Token;

    public void Dispose()
    {
        _linked.Dispose();
        _timer.Dispose();
    }
}
