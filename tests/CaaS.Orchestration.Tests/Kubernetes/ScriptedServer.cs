using System.Text.Json.Nodes;
using CaaS.Orchestration.Runtime.Kubernetes;
using CaaS.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CaaS.Orchestration.Tests.Kubernetes;

/// <summary>An API server on loopback that answers by script and writes down every request.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client = new();
    private readonly Dictionary<string, Queue<(int Status, string Body)>> _answers = [];

    private ScriptedServer(WebApplication app) => _app = app;

    /// <summary>Requests as <c>METHOD path?query body</c>, in order.</summary>
    public List<string> Requests { get; } = [];

    public static async Task<ScriptedServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new ScriptedServer(builder.Build());
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>Scripts the answers to a request; the last one is repeated.</summary>
    public ScriptedServer On(string methodAndPath, params (int Status, string Body)[] answers)
    {
        _answers[methodAndPath] = new Queue<(int, string)>(answers);
        return this;
    }

    public ScriptedServer On(string methodAndPath, string body) => On(methodAndPath, (200, body));

    public KubernetesExecutor Executor(string? url = null) => new(
        new KubeCalls(_client, new Uri(url ?? _app.Urls.Single()), credentials: null, new KubernetesOptions
        {
            CallTimeoutSeconds = 5,
        }),
        Scope.Default, TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var request = context.Request;
        (int Status, string Body) answer;
        lock (Requests) // Kestrel answers on many threads.
        {
            var type = body.Length == 0 ? "" : " " + request.ContentType + " " + JsonNode.Parse(body)!.ToJsonString();
            Requests.Add($"{request.Method} {request.Path}{request.QueryString}{type}");
            answer = !_answers.TryGetValue($"{request.Method} {request.Path}", out var queue) ? (404, "{}")
                : queue.Count > 1 ? queue.Dequeue() : queue.Peek();
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.Body, context.RequestAborted);
    }
}
