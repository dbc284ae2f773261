using System.Text.Json;
using CaaS.Client;
using CaaS.Client.Wire;

namespace CaaS.Web.Session;

/// <summary>Tells the pages of a tab what changed on the platform.</summary>
/// <remarks>
/// One connection a tab, opened with the first listener; reconnects by itself. Listeners are called off the renderer
/// and must return at once. Now and then, and after each reconnect, they are told to look again without being told at
/// what: what happened while nobody listened is not sent again, and "5 minutes ago" grows old by itself.
/// </remarks>
/// <param name="user">The user's client.</param>
/// <param name="time">Clock for waiting between reconnects.</param>
public sealed class LiveFeed(UserClient user, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan ReconnectAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new(); // Listeners come and go while the feed reads.
    private readonly List<Action<FeedEvent?>> _listeners = [];
    private Task? _reading;
    private ITimer? _timer;

    /// <summary>Listens until the answer is disposed.</summary>
    /// <param name="listener">Called for every change; with null when it is time to look again.</param>
    /// <returns>Ends the listening.</returns>
    public IDisposable Listen(Action<FeedEvent?> listener)
    {
        lock (_lock)
        {
            _listeners.Add(listener);
            _reading ??= Task.Run(ReadAsync);
            _timer ??= time.CreateTimer(_ => Tell(null), null, LookAgainAfter, LookAgainAfter);
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
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync();
        if (_timer is { } timer)
        {
            await timer.DisposeAsync();
        }

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
                    Tell(change);
                }
            }
            catch (Exception e) when (
                e is HttpRequestException or IOException or JsonException or CaaSClientException or OperationCanceledException)
            {
                // The platform restarts, the session ended, or the tab was closed: the pages show their own errors.
            }

            await Task.Delay(ReconnectAfter, time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Tell(null);
        }
    }

    private void Tell(FeedEvent? change)
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        Action<FeedEvent?>[] listeners;
        lock (_lock)
        {
            listeners = [.. _listeners];
        }

        foreach (var listener in listeners)
        {
            listener(change);
        }
    }

    private sealed class Listening(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
