using CaaS.Client;
using CaaS.Client.Wire;

namespace CaaS.Web.Session;

/// <summary>Tells the pages of a tab what changed on the platform.</summary>
/// <remarks>One connection a tab, opened with the first listener; reconnects by itself. Listeners are called off the renderer.</remarks>
/// <param name="user">The user's client.</param>
/// <param name="time">Clock for waiting between reconnects.</param>
public sealed class LiveFeed(UserClient user, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan ReconnectAfter = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new(); // Listeners come and go while the feed reads.
    private readonly List<Func<FeedEvent, Task>> _listeners = [];
    private Task? _reading;

    /// <summary>Listens until the answer is disposed.</summary>
    /// <param name="listener">Called for every change.</param>
    /// <returns>Ends the listening.</returns>
    public IDisposable Listen(Func<FeedEvent, Task> listener)
    {
        lock (_lock)
        {
            _listeners.Add(listener);
            _reading ??= Task.Run(ReadAsync);
        }

        return new Listening(() =>
        {
            lock (_lock)
            {
                _listeners.Remove(listener);
            }
        });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_reading is { } reading)
        {
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _stop.Dispose();
    }

    private async Task ReadAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await foreach (var change in (await user.GetAsync()).FeedAsync(_stop.Token))
                {
                    await TellAsync(change);
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or CaaSClientException)
            {
                // The platform restarts or the session ended: the pages show their own errors, the feed tries again.
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(ReconnectAfter, time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TellAsync(FeedEvent change)
    {
        Func<FeedEvent, Task>[] listeners;
        lock (_lock)
        {
            listeners = [.. _listeners];
        }

        foreach (var listener in listeners)
        {
            await listener(change);
        }
    }

    private sealed class Listening(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
