using System.Collections.Immutable;
using System.Globalization;
using CaaS.Signals;

namespace CaaS.Rca.Tests.Scenarios;

/// <summary>Traces of a <see cref="Shop"/>'s requests, sent as exporters do: each service for itself, every five
/// seconds, over the codec.</summary>
internal sealed class Traces
{
    private const int Phases = 5;
    private static readonly string[] Services = ["gateway", "catalogue", "cart", "checkout", "payment", "stock"];
    private readonly Shop _shop;
    private readonly List<Span> _open = [];
    private int _count;

    /// <summary>Two requests a second, from one second to another.</summary>
    public Traces(Shop shop, int from, int to)
    {
        _shop = shop;
        for (var second = from; second < to; second++)
        {
            var phase = second % Phases;
            shop.At(second, () =>
            {
                Request("GET /products", "catalogue");
                Request("POST /orders", "checkout");
                Send(phase);
            });
        }
    }

    /// <summary>Seconds a service itself takes; 10 ms for others.</summary>
    public Dictionary<string, double> Own { get; } = [];

    /// <summary>Seconds on the way to a service; 1 ms for others.</summary>
    public Dictionary<string, double> Way { get; } = [];

    /// <summary>Services that fail every third request, before they call anybody.</summary>
    public HashSet<string> Failing { get; } = [];

    /// <summary>Services nobody calls any more.</summary>
    public HashSet<string> Forgotten { get; } = [];

    /// <summary>Services that write no spans.</summary>
    public HashSet<string> Dark { get; } = [];

    private void Request(string operation, string first)
    {
        var trace = (++_count).ToString("x32", CultureInfo.InvariantCulture);
        var id = 0;
        Serve("gateway", operation, "", _shop.Now.AddSeconds(-3));

        (double Seconds, bool Failed) Serve(string service, string name, string parent, DateTimeOffset start)
        {
            var span = NextId();
            var at = start.AddSeconds(Own.GetValueOrDefault(service, 0.01) * (0.95 + (0.02 * (_count % 5))));
            var failed = Failing.Contains(service) && _count % 3 == 0;
            foreach (var callee in failed ? [] : Shop.Calls.Where(call => call.Caller == service).Select(call => call.Callee)
                .Where(callee => service != "gateway" || callee == first).Where(callee => !Forgotten.Contains(callee)))
            {
                var call = NextId();
                var way = Way.GetValueOrDefault(callee, 0.001);
                var (seconds, broken) = Serve(callee, $"GET /{callee}", call, at.AddSeconds(way / 2));
                Write(call, span, service, "GET", SpanKind.Client, at, seconds + way, broken, callee);
                at = at.AddSeconds(seconds + way);
                failed |= broken;
            }

            Write(span, parent, service, name, SpanKind.Server, start, (at - start).TotalSeconds, failed, "");
            return ((at - start).TotalSeconds, failed);
        }

        string NextId() => (++id).ToString("x16", CultureInfo.InvariantCulture);

        void Write(string own, string parent, string service, string name, SpanKind kind, DateTimeOffset start, double seconds, bool failed, string peer)
        {
            if (!Dark.Contains(service))
            {
                _open.Add(new Span(trace, own, parent, Shop.Workload(service), $"{service}-0", name, kind, start, seconds * 1000, failed, peer));
            }
        }
    }

    private void Send(int phase)
    {
        var spans = _open.Where(span => Array.IndexOf(Services, span.Entity.Name) % Phases == phase).ToImmutableArray();
        _open.RemoveAll(spans.Contains);
        if (spans.Length > 0)
        {
            var batch = new SignalBatch { Scope = Scope.Default, Source = "otlp", Spans = spans };
            _shop.Step(SignalBatchCodec.Decode(SignalBatchCodec.Encode(batch)));
        }
    }
}
