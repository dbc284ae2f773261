using Akka.Actor;
using Akka.Hosting;
using CaaS.Ingest.Ports;
using CaaS.Ingest.Runtime.Writing;
using CaaS.Log;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scope = CaaS.Signals.Scope;

namespace CaaS.Ingest.Runtime.Sources.Kubernetes;

/// <summary>Registers and starts the Kubernetes source; called by the stage's shell.</summary>
internal static class KubernetesSource
{
    /// <summary>Registers <see cref="KubernetesConnection"/>, <see cref="ClusterInventory"/> and what they
    /// need.</summary>
    public static IServiceCollection AddKubernetesSource(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<KubernetesSourceOptions>()
            .BindConfiguration(KubernetesSourceOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(new Scope(
            configuration["Platform:Tenant"] ?? Scope.Default.Tenant,
            configuration["Platform:Cluster"] ?? Scope.Default.Cluster));
        services.TryAddSingleton<KubernetesConnection>();
        services.TryAddSingleton<ClusterInventory>();
        services.TryAddSingleton<KubernetesSourceMetrics>();
        services.TryAddSingleton<ObjectMemory>();
        services.TryAddSingleton<KubernetesReadiness>();
        services.AddSingleton<ISourceReadiness>(provider => provider.GetRequiredService<KubernetesReadiness>());
        return services;
    }

    /// <summary>Starts the cluster's actor, unless there is no cluster.</summary>
    public static AkkaConfigurationBuilder WithKubernetesSource(this AkkaConfigurationBuilder akka) =>
        akka.WithActors((system, _, resolver) =>
        {
            var connection = resolver.GetService<KubernetesConnection>();
            var logger = resolver.GetService<ILogger<ClusterActor>>();
            if (!connection.IsConfigured)
            {
                KubernetesSourceLog.Off(logger);
                return;
            }

            var scope = resolver.GetService<Scope>();
            var inventory = resolver.GetService<ClusterInventory>();
            var readiness = resolver.GetService<KubernetesReadiness>();
            var memory = resolver.GetService<ObjectMemory>();
            var key = ContentKey.In(resolver.GetService<DataFolder>().Sub("ingest"));
            var writer = resolver.GetService<SignalWriter>();
            var options = resolver.GetService<IOptions<KubernetesSourceOptions>>();
            var time = resolver.GetService<TimeProvider>();
            var metrics = resolver.GetService<KubernetesSourceMetrics>();
            readiness.Recalling(); // Before the first request can be answered; the actor itself starts later.
            system.ActorOf(
                Props.Create(() => new ClusterActor(
                    scope, connection, inventory, readiness, memory, key, writer, options, time, metrics, logger)),
                "kubernetes");
        });
}
