using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace CaaS.Shop.Telemetry;

/// <summary>What a pod measures, under OpenTelemetry's names as .NET writes them for Prometheus.</summary>
internal sealed class ShopMetrics
{
    private readonly Histogram _served =
        new("http_server_request_duration_seconds", "Duration of HTTP server requests.");

    private readonly Histogram _called =
        new("http_client_request_duration_seconds", "Duration of HTTP client requests.");

    /// <summary>Counts a request this pod answered.</summary>
    public void Served(string method, string route, int statusCode, TimeSpan duration) => _served.Observe(
        Labels(
            ("http_request_method", method),
            ("http_route", route),
            ("http_response_status_code", statusCode.ToString(CultureInfo.InvariantCulture))),
        duration);

    /// <summary>Counts a request this pod sent.</summary>
    /// <param name="service">The callee's Service name.</param>
    /// <param name="statusCode">What it answered; empty when it did not.</param>
    /// <param name="error">A status code from 500, <c>timeout</c>, <c>connection_error</c>; empty for success.</param>
    /// <param name="duration">Until the whole answer was read, or it was given up.</param>
    public void Called(string service, string statusCode, string error, TimeSpan duration) => _called.Observe(
        Labels(("server_address", service), ("http_response_status_code", statusCode), ("error_type", error)),
        duration);

    /// <summary>The pod's metrics in Prometheus' text format.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        _served.WriteTo(text);
        _called.WriteTo(text);
        WriteProcess(text);
        return text.ToString();
    }

    private static void WriteProcess(StringBuilder text)
    {
        using var process = Process.GetCurrentProcess();
        var heap = GC.GetGCMemoryInfo();
        Write(text, "process_cpu_seconds_total", "counter", process.TotalProcessorTime.TotalSeconds);
        Write(text, "process_resident_memory_bytes", "gauge", process.WorkingSet64);
        var startMs = new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds();
        Write(text, "process_start_time_seconds", "gauge", startMs / 1e3);
        Write(text, "process_threads", "gauge", process.Threads.Count);
        Write(text, "dotnet_gc_heap_size_bytes", "gauge", heap.HeapSizeBytes);
        Write(text, "dotnet_gc_allocated_bytes_total", "counter", GC.GetTotalAllocatedBytes());
        Write(text, "dotnet_gc_pause_seconds_total", "counter", GC.GetTotalPauseDuration().TotalSeconds);
        text.Append("# TYPE dotnet_gc_collections_total counter\n");
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"dotnet_gc_collections_total{{generation=\"{generation}\"}} {GC.CollectionCount(generation)}\n");
        }
    }

    private static void Write(StringBuilder text, string name, string type, double value) =>
        text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {type}\n{name} {value}\n");

    private static string Labels(params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in labels)
        {
            if (value.Length > 0)
            {
                text.Append(text.Length > 0 ? "," : "").Append(name).Append("=\"").Append(value).Append('"');
            }
        }

        return text.ToString();
    }
}
