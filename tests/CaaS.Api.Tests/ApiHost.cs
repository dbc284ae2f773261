using CaaS.Alerting.Ports;
using CaaS.Analytics.Ports;
using CaaS.Api.Access;
using CaaS.Client;
using CaaS.History;
using CaaS.Ingest.Ports;
using CaaS.Log;
using CaaS.Orchestration.Ports;
using CaaS.Rca.Ports;
using CaaS.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CaaS.Api.Tests;

/// <summary>The API on a port of its own, with stages in memory that answer as the real ones would.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stop = new();

    private ApiHost(WebApplication app, string data, FakeTimeProvider time, MemoryLog log, FakeStages stages)
    {
        _app = app;
        Data = data;
        Time = time;
        Log = log;
        Stages = stages;
    }

    public string Data { get; }

    public FakeTimeProvider Time { get; }

    public MemoryLog Log { get; }

    public FakeStages Stages { get; }

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(_app.Urls.First());

    public string Token => File.ReadAllText(Path.Combine(Data, AccessBook.TokenFile)).Trim();

    public static async Task<ApiHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var data = Directory.CreateTempSubdirectory("caas-api-").FullName;
        return await StartOnAsync(data, settings);
    }

    public static async Task<ApiHost> StartOnAsync(string data, params (string Key, string Value)[] settings)
    {
        var time = new FakeTimeProvider(Now);
        var log = new MemoryLog(time);
        var stages = new FakeStages(log);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration["Platform:DataFolder"] = data;
        builder.Configuration["Api:CommandTimeout"] = "00:00:30";
        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        var services = builder.Services;
        services.AddSingleton<TimeProvider>(time);
        services.AddSingleton<ILog>(log);
        services.AddSingleton<IAlertStore>(stages);
        services.AddSingleton<IIncidentStore>(stages);
        services.AddSingleton<IOperationStore>(stages);
        services.AddSingleton<IPolicyStore>(stages);
        services.AddSingleton<ITopology>(stages);
        services.AddSingleton<IHistory>(stages);
        services.AddSingleton<ISourceReadiness>(stages);
        services.AddSingleton<IAnalyticsStanding>(stages);
        services.AddSingleton<IDocumentLibrary>(stages);
        services.AddSingleton<IFeedbackStore>(stages);
        services.AddSingleton<ICauseFeedbackStore>(stages);
        services.AddSingleton<IModelRegistry>(stages);
        services.AddApi(
            builder.Configuration, options => options.UseSqlite($"Data Source={Path.Combine(data, "caas.db")};Pooling=False"));
        var app = builder.Build();
        app.UseApi();
        app.MapApi();
        app.MapGet("/page", () => "a page of somebody else's");
        await app.StartAsync();
        var host = new ApiHost(app, data, time, log, stages);
        host.Stages.Run(host._stop.Token);
        return host;
    }

    public CaaSClient Client(string? token = null) => CaaSClient.Connect(Address, token ?? Token);

    public HttpClient Http(string token = "")
    {
        var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = Address,
        };
        if (token.Length > 0)
        {
            http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        }

        return http;
    }

    /// <summary>Stops the server but keeps its data.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        if (Directory.Exists(Data))
        {
            Directory.Delete(Data, recursive: true);
        }
    }
}
