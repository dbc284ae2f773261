using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CaaS.Ingest.Tests.Kubernetes;

/// <summary>An API server on a loopback port that answers each path with what was scripted for it, in
/// order.</summary>
/// <remarks>Where the script of a path is at its end, a list is empty and a watch stays open in silence.</remarks>
internal sealed class ScriptedApiServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<ScriptedAnswer>> _scripts = new();
    private readonly Task _accepting;

    public ScriptedApiServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Every request so far: path and query, without the leading slash.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public void Script(string path, params ScriptedAnswer[] answers)
    {
        var script = _scripts.GetOrAdd(path, _ => new ConcurrentQueue<ScriptedAnswer>());
        foreach (var answer in answers)
        {
            script.Enqueue(answer);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                var stream = client.GetStream();
                var target = await ReadTargetAsync(stream);
                Requests.Enqueue(target);
                await AnswerFor(target).WriteAsync(stream, _stopping.Token);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The peer went away, or the test is over.
        }
    }

    private ScriptedAnswer AnswerFor(string target)
    {
        var path = target.Split('?')[0];
        if (_scripts.TryGetValue(path, out var script) && script.TryDequeue(out var answer))
        {
            return answer;
        }

        return target.Contains("watch=1", StringComparison.Ordinal)
            ? ScriptedAnswer.Watch()
            : ScriptedAnswer.List("1");
    }

    private async Task<string> ReadTargetAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var buffer = new byte[4096];
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer, _stopping.Token);
            if (count == 0)
            {
                throw new IOException("The peer sent no request.");
            }

            head.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        return head.ToString().Split(' ')[1].TrimStart('/');
    }
}
