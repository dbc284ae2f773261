namespace CaaS.Log.Segments;

/// <summary>A record that waits for its fsync, and whoever waits for it.</summary>
internal sealed class PendingAppend(byte[] payload)
{
    private readonly TaskCompletionSource<long> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public byte[] Payload { get; } = payload;

    public Task<long> Done => _done.Task;

    public void Complete(long offset) => _done.TrySetResult(offset);

    public void Fail(Exception why)
    {
        _done.TrySetException(why);
        _ = _done.Task.Exception; // Seen here: the caller may have given up waiting.
    }
}
