using Akka.Hosting;
using CaaS.Ingest.Limits;
using CaaS.Ingest.Ports;
using CaaS.Ingest.Runtime.Receiving;
using CaaS.Ingest.Runtime.Sources.Cadvisor;
using CaaS.Ingest.Runtime.Sources.Calico;
using CaaS.Ingest.Runtime.Sources.Ceph;
using CaaS.Ingest.Runtime.Sources.ContainerLogs;
using CaaS.Ingest.Runtime.Sources.Fluentd;
using CaaS.Ingest.Runtime.Sources.Host;
using CaaS.Ingest.Runtime.Sources.Kubernetes;
using CaaS.Ingest.Runtime.Sources.Otlp;
using CaaS.Ingest.Runtime.Sources.Prometheus;
using CaaS.Ingest.Runtime.Writing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CaaS.Ingest.Runtime;

/// <summary>Registers and starts all that collects: called by the host only.</summary>
public static class IngestShell
{
    /// <summary>Registers the sources and the way into the log.</summary>
    /// <param name="services">Container; must also hold <see cref="CaaS.Log.ILog"/>, <see cref="CaaS.Log.DataFolder"/>,
    /// <see cref="CaaS.History.IHistory"/>, <see cref="TimeProvider"/>, meters and logging.</param>
    /// <param name="configuration">Configuration with the sections <c>Platform</c> and <c>Ingest</c>.</param>
    /// <returns>The container.</returns>
    public static IServiceCollection AddIngest(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddKubernetesSource(configuration);
        services.AddSettings<IngestLimits>(IngestLimits.Section);
        services.AddSettings<SignalWriterOptions>(SignalWriterOptions.Section);
        services.AddSettings<PrometheusOptions>(PrometheusOptions.Section);
        services.AddSettings<CadvisorOptions>(CadvisorOptions.Section);
        services.AddSettings<CephOptions>(CephOptions.Section);
        services.AddSettings<ContainerLogOptions>(ContainerLogOptions.Section);
        services.AddSettings<FluentdOptions>(FluentdOptions.Section);
        services.AddReceiver(OtlpReceiver.Section);
        services.AddReceiver(FlowReceiver.Section);
        services.AddSettings<HostSourceOptions>(HostSourceOptions.Section);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<PrometheusOptions>, PrometheusOptionsCheck>());
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<CadvisorOptions>, CadvisorOptionsCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CephOptions>, CephOptionsCheck>());
        services.TryAddSingleton<IngestMetrics>();
        services.TryAddSingleton<SignalWriter>();
        services.TryAddSingleton<OtlpReceiver>();
        services.TryAddSingleton<FlowReceiver>();
        services.TryAddSingleton<CephStanding>();
        services.AddSingleton<ISourceReadiness>(provider => provider.GetRequiredService<CephStanding>());
        services.TryAddSingleton<IngestSources>();
        services.TryAddSingleton(provider =>
            new CardinalityGuard(provider.GetRequiredService<IOptions<IngestLimits>>().Value.MaxSeriesTotal));
        return services;
    }

    /// <summary>Starts the actors of all sources that are switched on.</summary>
    /// <param name="akka">Actor system being built.</param>
    /// <returns>The same.</returns>
    public static AkkaConfigurationBuilder WithIngest(this AkkaConfigurationBuilder akka) =>
        akka.WithKubernetesSource().WithActors((system, _, resolver) =>
        {
            foreach (var (name, props) in resolver.GetService<IngestSources>().Actors())
            {
                system.ActorOf(props, name);
            }
        });

    /// <summary>Maps the receivers that speak HTTP: <c>POST /v1/traces</c> and <c>POST /v1/logs</c> of OTLP,
    /// <c>POST /v1/flows</c> of flow logs.</summary>
    /// <param name="endpoints">Routes of the host.</param>
    /// <returns>The routes, to add conventions to: senders authenticate by <c>Ingest:Otlp:TokenFile</c> and
    /// <c>Ingest:Flows:TokenFile</c>, not as people do.</returns>
    public static IEndpointConventionBuilder MapIngest(this IEndpointRouteBuilder endpoints)
    {
        var otlp = endpoints.ServiceProvider.GetRequiredService<OtlpReceiver>();
        var flows = endpoints.ServiceProvider.GetRequiredService<FlowReceiver>();
        var group = endpoints.MapGroup("/v1");
        group.MapPost("/traces", (RequestDelegate)otlp.ReceiveTracesAsync);
        group.MapPost("/logs", (RequestDelegate)otlp.ReceiveLogsAsync);
        group.MapPost("/flows", (RequestDelegate)flows.ReceiveAsync);
        return group.ExcludeFromDescription();
    }

    /// <summary>Adds the settings of one receiver, named by their section.</summary>
    private static void AddReceiver(this IServiceCollection services, string section) =>
        services.AddOptions<HttpReceiverOptions>(section)
            .BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();

    private static void AddSettings<TOptions>(this IServiceCollection services, string section)
        where TOptions : class =>
        services.AddOptions<TOptions>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
}
