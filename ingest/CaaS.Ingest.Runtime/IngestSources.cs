using Akka.Actor;
using CaaS.Ingest.Kubernetes;
using CaaS.Ingest.Limits;
using CaaS.Ingest.Runtime.Periodic;
using CaaS.Ingest.Runtime.Scraping;
using CaaS.Ingest.Runtime.Sources.Cadvisor;
using CaaS.Ingest.Runtime.Sources.Ceph;
using CaaS.Ingest.Runtime.Sources.ContainerLogs;
using CaaS.Ingest.Runtime.Sources.Fluentd;
using CaaS.Ingest.Runtime.Sources.Host;
using CaaS.Ingest.Runtime.Sources.Kubernetes;
using CaaS.Ingest.Runtime.Sources.Prometheus;
using CaaS.Ingest.Runtime.Writing;
using CaaS.Log;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scope = CaaS.Signals.Scope;

namespace CaaS.Ingest.Runtime;

/// <summary>Puts the sources together: which actors run, with which settings.</summary>
internal sealed class IngestSources : IDisposable
{
    private readonly IServiceProvider _services;
    private readonly Scope _scope;
    private readonly SignalWriter _writer;
    private readonly IngestMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly IngestLimits _limits;
    private readonly KubernetesConnection _cluster;
    private readonly ClusterInventory _inventory;
    private readonly CardinalityGuard _guard;
    private readonly ILoggerFactory _loggers;
    private readonly HttpClient _http;
    private readonly HttpClient _cephHttp;
    private bool _hasSynced;

    public IngestSources(IServiceProvider services)
    {
        _services = services;
        _scope = services.GetRequiredService<Scope>();
        _writer = services.GetRequiredService<SignalWriter>();
        _metrics = services.GetRequiredService<IngestMetrics>();
        _time = services.GetRequiredService<TimeProvider>();
        _limits = Options<IngestLimits>();
        _cluster = services.GetRequiredService<KubernetesConnection>();
        _inventory = services.GetRequiredService<ClusterInventory>();
        _guard = services.GetRequiredService<CardinalityGuard>();
        _loggers = services.GetRequiredService<ILoggerFactory>();
        _http = ScrapeClient();
        _cephHttp = CephTrust.Client(Options<CephOptions>().CertificateFile);
        _metrics.Observe("caas_ingest_live_series", "{series}", "Series of all scraped targets.", () => _guard.LiveCount);
    }

    /// <summary>The actors to start, by name.</summary>
    public IEnumerable<(string Name, Props Props)> Actors()
    {
        yield return ("tick", Periodic(new Ticker(_writer, _scope)));
        var prometheus = Options<PrometheusOptions>();
        if (!prometheus.Disabled)
        {
            yield return ("prometheus", Prometheus(prometheus));
        }

        var cadvisor = Options<CadvisorOptions>();
        if (!cadvisor.Disabled && _cluster.IsConfigured)
        {
            yield return ("cadvisor", Cadvisor(cadvisor));
        }

        var ceph = Options<CephOptions>();
        if (ceph.Dashboards.Count > 0)
        {
            yield return ("ceph", Ceph(ceph));
        }

        if (ceph.Metrics.Count > 0)
        {
            yield return ("ceph-metrics", CephMetrics(ceph));
        }

        var containerLogs = Options<ContainerLogOptions>();
        if (!containerLogs.Disabled)
        {
            yield return ("container-logs", ContainerLogs(containerLogs));
        }

        var fluentd = Options<FluentdOptions>();
        if (fluentd.Port > 0)
        {
            yield return ("fluentd", FluentdActor.Props(() => new FluentdReceiver(
                fluentd, _limits, _scope, Owners, _writer, _metrics, _time, _loggers.CreateLogger<FluentdReceiver>())));
        }

        var host = Options<HostSourceOptions>();
        if (host.Mode == HostSourceMode.On || (host.Mode == HostSourceMode.Auto && !_cluster.IsConfigured))
        {
            yield return ("host", Periodic(new HostWork(host, _scope, _writer, _metrics, _time)));
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _cephHttp.Dispose();
    }

    /// <summary>A client for pods: no proxy, no redirects to where a pod points.</summary>
    private static HttpClient ScrapeClient() => new(
        new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = 4,
            MaxResponseHeadersLength = 64,
        },
        disposeHandler: true)
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private OwnerIndex Owners() => _inventory.Current;

    private TOptions Options<TOptions>()
        where TOptions : class => _services.GetRequiredService<IOptions<TOptions>>().Value;

    private Props Periodic(IPeriodicWork work) =>
        PeriodicActor.Props(work, _time, _metrics, _loggers.CreateLogger<PeriodicActor>());

    private Props Prometheus(PrometheusOptions options)
    {
        var targets = new PrometheusTargets(options, _scope);
        var settings = new ScrapeSettings(
            "prometheus", options.ScrapeInterval, options.ScrapeTimeout, options.StartupGrace, options.MaxTargets, _limits);
        return ScrapeSupervisor.Props(Context(settings, _http), () => targets.Find(Owners()));
    }

    private Props Cadvisor(CadvisorOptions options)
    {
        var targets = new CadvisorTargets(options, _scope, Owners);
        var settings = new ScrapeSettings(
            "cadvisor", options.ScrapeInterval, options.ScrapeTimeout, options.StartupGrace, options.MaxNodes, _limits);
        return ScrapeSupervisor.Props(
            Context(settings, _cluster.Http),
            () => (_hasSynced |= _inventory.IsSynced) ? targets.Find() : []);
    }

    private Props Ceph(CephOptions options) => Periodic(new CephWork(
        options,
        _scope,
        new CephDashboard(options, _scope, _cephHttp, _time),
        _services.GetRequiredService<CephStanding>(),
        _services.GetRequiredService<ObjectMemory>(),
        _writer,
        _metrics,
        _time,
        _loggers.CreateLogger<CephWork>()));

    private Props CephMetrics(CephOptions options)
    {
        var targets = CephTargets.Of(options, _scope);
        var limits = new IngestLimits
        {
            MaxCompressedBytes = options.MaxAnswerBytes,
            MaxDecompressedBytes = options.MaxAnswerBytes,
            MaxSeriesPerTarget = options.MaxSeries,
        };
        var settings = new ScrapeSettings(
            "ceph-metrics", options.ScrapeInterval, options.ScrapeTimeout, TimeSpan.Zero, targets.Length, limits);
        return ScrapeSupervisor.Props(Context(settings, _cephHttp), () => targets);
    }

    private ScrapeContext Context(ScrapeSettings settings, HttpClient http) => new(
        settings, _scope, http, _guard, _writer, _metrics, _time, _loggers.CreateLogger<ScrapeSupervisor>());

    private Props ContainerLogs(ContainerLogOptions options)
    {
        var folder = _services.GetRequiredService<DataFolder>().Sub("ingest");
        var store = new PositionStore(
            Path.Combine(folder, PositionStore.FileName),
            _services.GetRequiredService<ILog>(),
            _loggers.CreateLogger<PositionStore>());
        return Periodic(new ContainerLogWork(
            options, _limits, _scope, _inventory, _cluster.IsConfigured, store, _writer, _metrics, _time));
    }
}
