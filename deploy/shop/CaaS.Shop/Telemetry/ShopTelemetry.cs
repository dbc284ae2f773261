using Microsoft.Extensions.Logging.Console;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CaaS.Shop.Telemetry;

/// <summary>Logs, metrics and spans of every role.</summary>
internal static class ShopTelemetry
{
    /// <summary>Adds JSON logs on stdout, metrics, and spans, which leave the pod only when an endpoint is
    /// set.</summary>
    public static void AddShopTelemetry(this WebApplicationBuilder builder, ShopOptions options)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(console => console.FormatterName = JsonLines.FormatName);
        builder.Logging.AddConsoleFormatter<JsonLines, ConsoleFormatterOptions>();
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.AddSingleton<ShopMetrics>();

        // Without an exporter the provider still samples, so that every log line names its trace.
        var traces = Sdk.CreateTracerProviderBuilder()
            .AddSource("Microsoft.AspNetCore", "System.Net.Http")
            .ConfigureResource(resource => resource.Clear().AddService(options.Role, serviceVersion: options.Version)
                .AddAttributes(
                [
                    new("k8s.namespace.name", options.Namespace),
                    new("k8s.deployment.name", options.Role),
                    new("k8s.pod.name", options.Pod),
                    new("k8s.node.name", options.Node),
                ]));
        if (Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 } endpoint)
        {
            traces.AddOtlpExporter(exporter =>
            {
                exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
                exporter.Endpoint = new Uri($"{endpoint.TrimEnd('/')}/v1/traces");
                exporter.TimeoutMilliseconds = 2000;
            });
        }

        var provider = traces.Build();
        builder.Services.AddSingleton(_ => provider); // a factory, so that the container flushes it when it ends
    }

    /// <summary>Maps <c>/metrics</c>.</summary>
    public static void MapMetrics(this WebApplication app)
    {
        _ = app.Services.GetRequiredService<TracerProvider>();
        app.MapGet("/metrics", (ShopMetrics metrics) =>
            Results.Text(metrics.ToText(), "text/plain; version=0.0.4; charset=utf-8"));
    }
}
