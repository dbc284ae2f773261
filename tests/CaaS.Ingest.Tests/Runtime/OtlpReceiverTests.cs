using System.Net;
using System.Net.Http.Headers;
using CaaS.Ingest.Runtime;
using CaaS.Ingest.Tests.Limits;
using CaaS.Ingest.Tests.Otlp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CaaS.Ingest.Tests.Runtime;

public sealed class OtlpReceiverTests : IAsyncLifetime
{
    private readonly IngestBench _bench = new();
    private readonly HttpClient _client = new();
    private WebApplication? _host;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static byte[] Request => OtlpTracesTests.Request(
        new ProtoWriter().Attribute(1, "service.name", "cart"), OtlpTracesTests.Span());

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
    [InlineData(false)]
    [InlineData(true)]
    public async Task Spans_are_answered_once_they_are_durable(bool isGzip)
    {
        var answer = await PostAsync("/v1/traces", isGzip ? LimitsTests.Gzip(Request) : Request, isGzip);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/x-protobuf", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("-/Service/cart", Assert.Single(Assert.Single(await _bench.BatchesAsync(Stop)).Spans).Entity.ToString());
    }

    [Fact]
    public async Task Rejected_rows_are_told_of_and_the_others_kept()
    {
        var request = OtlpTracesTests.Request(new ProtoWriter(), new ProtoWriter(), OtlpTracesTests.Span());

        var answer = await PostAsync("/v1/traces", request);

        var body = await answer.Content.ReadAsByteArrayAsync(Stop);
        Assert.Equal([0x0A, (byte)(body.Length - 2), 0x08, 0x01, 0x12], body[..5]);
        Assert.Single(await _bench.BatchesAsync(Stop));
    }

    [Fact]
    public async Task While_the_log_refuses_the_sender_is_told_to_wait()
    {
        _bench.IsRefusing = true;

        var answer = await PostAsync("/v1/traces", Request);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Bombs_and_garbage_are_refused()
    {
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync("/v1/traces", LimitsTests.Gzip(new byte[8 << 20]), true)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("/v1/traces", [0xFF, 0xFF], false)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("/v1/logs", [0xFF, 0xFF], true)).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await PostAsync("/v1/traces", Request, type: "application/json")).StatusCode);
        Assert.Empty(await _bench.BatchesAsync(Stop));
    }

    [Fact]
    public async Task A_body_larger_than_allowed_is_refused_before_it_is_held()
    {
        var answer = await PostAsync("/v1/traces", new byte[70_000], settings: ("Ingest:Limits:MaxCompressedBytes", "65536"));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task With_a_token_only_who_sends_it_is_heard()
    {
        var file = Path.Combine(_bench.Path, "token");
        await File.WriteAllTextAsync(file, "t0ken\n", Stop);

        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync("/v1/traces", Request, settings: ("Ingest:Otlp:TokenFile", file))).StatusCode);
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "t0ken");
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("/v1/traces", Request)).StatusCode);
    }

    private async Task<HttpResponseMessage> PostAsync(
        string path, byte[] body, bool isGzip = false, string type = "application/x-protobuf", (string, string)? settings = null)
    {
        _host ??= await StartAsync(settings);
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (isGzip)
        {
            content.Headers.ContentEncoding.Add("gzip");
        }

        return await _client.PostAsync(new Uri(_host.Urls.First() + path), content, Stop);
    }

    private async Task<WebApplication> StartAsync((string Key, string Value)? setting)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(
            [new("Ingest:Kubernetes:Disabled", "true"), new(setting?.Key ?? "x", setting?.Value)]);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddIngest(builder.Configuration);
        builder.Services.AddSingleton(_ => _bench.Writer());
        var host = builder.Build();
        host.MapIngest();
        await host.StartAsync(Stop);
        return host;
    }
}
