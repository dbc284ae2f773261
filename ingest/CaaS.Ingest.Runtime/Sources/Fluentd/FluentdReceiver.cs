using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using CaaS.Ingest.Kubernetes;
using CaaS.Ingest.Limits;
using CaaS.Ingest.Runtime.Writing;
using CaaS.Signals;
using Microsoft.Extensions.Logging;

namespace CaaS.Ingest.Runtime.Sources.Fluentd;

/// <summary>Listens for Forward connections and serves each until it ends.</summary>
internal sealed partial class FluentdReceiver : IAsyncDisposable
{
    private readonly FluentdOptions _options;
    private readonly FluentdSession _session;
    private readonly IngestMetrics _metrics;
    private readonly ILogger _logger;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<long, Task> _connections = new();
    private Task _accepting = Task.CompletedTask;

    public FluentdReceiver(
        FluentdOptions options,
        IngestLimits limits,
        Scope scope,
        Func<OwnerIndex> owners,
        SignalWriter writer,
        IngestMetrics metrics,
        TimeProvider time,
        ILogger logger)
    {
        _options = options;
        _metrics = metrics;
        _logger = logger;
        var key = options.SharedKeyFile.Length == 0 ? "" : File.ReadAllText(options.SharedKeyFile).Trim();
        _session = new FluentdSession(options, key, limits, scope, owners, writer, metrics, time);
        _listener = new TcpListener(IPAddress.Parse(options.Address), options.Port);
    }

    /// <summary>Where it listens, once started.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Starts listening.</summary>
    /// <exception cref="SocketException">The port is taken.</exception>
    public void Start()
    {
        _listener.Start();
        LogListening(_logger, EndPoint);
        _accepting = AcceptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections.Values);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        for (long id = 0; !_stop.IsCancellationRequested; id++)
        {
            try
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                if (_connections.Count >= _options.MaxConnections)
                {
                    _metrics.Dropped(FluentdSession.Source, "ConnectionCount", 1);
                    socket.Dispose();
                    continue;
                }

                var key = id;
                var served = ServeAsync(socket);
                _connections[key] = served;
                _ = served.ContinueWith(
                    _ => _connections.TryRemove(key, out var _),
                    CancellationToken.None,
                    TaskContinuationOptions.None,
                    TaskScheduler.Default);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e)
            {
                // One connection that broke before it was taken, or no file handles left: others go on.
                _metrics.Failed(FluentdSession.Source);
                LogAcceptFailed(_logger, e);
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        var peer = socket.RemoteEndPoint;
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            var why = await _session.ServeAsync(stream, _stop.Token);
            if (why.Length > 0)
            {
                _metrics.Dropped(FluentdSession.Source, why, 1);
                LogConnectionClosed(_logger, peer, why);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // The sender went away, or we stop: what was not acknowledged is sent again.
        }
        catch (Exception e)
        {
            _metrics.Failed(FluentdSession.Source);
            LogConnectionFailed(_logger, peer, e);
        }
    }
}
