using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CaaS.Ingest.Runtime;
using CaaS.Ingest.Tests.Calico;
using CaaS.Ingest.Tests.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CaaS.Ingest.Tests.Runtime;

public sealed class FlowReceiverTests : IAsyncLifetime
{
    private readonly IngestBench _bench = new();
    private readonly HttpClient _client = new();
    private readonly Dictionary<string, string?> _settings = new() { ["Ingest:Kubernetes:Disabled"] = "true" };
    private WebApplication? _host;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Line => FlowLines.Flat("checkout-*", "payment-*");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        await _bench.DisposeAsync();
    }

    [Theory]
    [InlineData("application/x-ndjson", false)]
    [InlineData("application/x-ndjson; charset=utf-8", true)]
    [InlineData("application/json", false)]
    public async Task Flows_are_answered_once_they_are_durable(string type, bool isGzip)
    {
        var answer = await PostAsync(Line + "\nno flow\n" + Line, type, isGzip);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("{\"accepted\":2,\"rejected\":1}", await answer.Content.ReadAsStringAsync(Stop));
        Assert.Equal(2, Assert.Single(await _bench.BatchesAsync(Stop)).Flows.Length);
    }

    [Fact]
    public async Task While_the_log_refuses_the_sender_is_told_to_wait()
    {
        _bench.IsRefusing = true;

        var answer = await PostAsync(Line);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task What_is_no_flow_log_is_refused()
    {
        var answer = await PostAsync("no flow");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("flow log records of Calico", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await PostAsync(Line, "text/plain")).StatusCode);
        Assert.Empty(await _bench.BatchesAsync(Stop));
    }

    [Fact]
    public async Task With_a_token_only_who_sends_it_is_heard()
    {
        var file = Path.Combine(_bench.Path, "token");
        await File.WriteAllTextAsync(file, "t0ken\n", Stop);
        _settings["Ingest:Flows:TokenFile"] = file;

        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(Line)).StatusCode);
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "t0ken");
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(Line)).StatusCode);
    }

    [Fact]
    public async Task A_receiver_switched_off_is_not_there()
    {
        _settings["Ingest:Flows:Disabled"] = "true";

        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(Line)).StatusCode);
    }

    private async Task<HttpResponseMessage> PostAsync(string body, string type = "application/x-ndjson", bool isGzip = false)
    {
        _host ??= await StartAsync();
        var bytes = Encoding.UTF8.GetBytes(body);
        var content = new ByteArrayContent(isGzip ? LimitsTests.Gzip(bytes) : bytes);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (isGzip)
        {
            content.Headers.ContentEncoding.Add("gzip");
        }

        return await _client.PostAsync(new Uri(_host.Urls.First() + "/v1/flows"), content, Stop);
    }

    private async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(_settings);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(FlowLines.End.AddMinutes(1)));
        builder.Services.AddIngest(builder.Configuration);
        builder.Services.AddSingleton(_ => _bench.Writer());
        var host = builder.Build();
        host.MapIngest();
        await host.StartAsync(Stop);
        return host;
    }
}
