using CaaS.Signals;
using k8s;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CaaS.Orchestration.Runtime.Kubernetes;

/// <summary>The cluster that operations are done to, if one is configured.</summary>
internal sealed class ClusterToActOn
{
    private readonly Scope _scope;
    private readonly TimeProvider _time;

    /// <summary>Opens the connection; no request is sent.</summary>
    /// <param name="options">How to connect.</param>
    /// <param name="shell">Whether a recording is replayed.</param>
    /// <param name="configuration">Where ingest's kubeconfig and the platform's scope stand.</param>
    /// <param name="time">Clock.</param>
    public ClusterToActOn(
        IOptions<KubernetesOptions> options, IOptions<OrchestrationShellOptions> shell, IConfiguration configuration,
        TimeProvider time)
    {
        _time = time;
        _scope = new Scope(
            configuration["Platform:Tenant"] ?? Scope.Default.Tenant,
            configuration["Platform:Cluster"] ?? Scope.Default.Cluster);
        Calls = shell.Value.Recording ? null : CallsOrNull(options.Value, configuration);
    }

    /// <summary>Its API server; null without a cluster.</summary>
    public KubeCalls? Calls { get; }

    /// <summary>Makes the executor.</summary>
    /// <returns>The cluster's, or an honest stand-in where there is none.</returns>
    public IExecutor Executor() => Calls is { } calls
        ? new KubernetesExecutor(calls, _scope, _time)
        : new NothingToActOn(NothingToActOn.NoCluster, _time);

    private static KubeCalls? CallsOrNull(KubernetesOptions options, IConfiguration configuration)
    {
        var file = options.Kubeconfig.Length > 0
            ? options.Kubeconfig
            : configuration["Ingest:Kubernetes:Kubeconfig"] ?? "";
        var context = options.Context.Length > 0
            ? options.Context
            : configuration["Ingest:Kubernetes:Context"] is { Length: > 0 } other ? other : null;
        if (file.Length == 0 && !KubernetesClientConfiguration.IsInCluster())
        {
            return null;
        }

        var connection = file.Length > 0
            ? KubernetesClientConfiguration.BuildConfigFromConfigFile(new FileInfo(file), context)
            : KubernetesClientConfiguration.InClusterConfig();
        var client = new k8s.Kubernetes(connection);
        return new KubeCalls(client.HttpClient, client.BaseUri, client.Credentials, options);
    }
}
