using CaaS.Signals;
using k8s;
using Microsoft.Extensions.Configuration;

namespace CaaS.Orchestration.Runtime.Kubernetes;

/// <summary>Finds the cluster to act on, or an honest stand-in where there is none.</summary>
internal static class KubernetesExecutorFactory
{
    /// <summary>Makes the executor.</summary>
    /// <param name="options">How to connect.</param>
    /// <param name="configuration">Where ingest's kubeconfig and the platform's scope stand.</param>
    /// <param name="isRecording">True where a recording is replayed.</param>
    /// <param name="time">Clock.</param>
    public static IExecutor Make(
        KubernetesOptions options, IConfiguration configuration, bool isRecording, TimeProvider time)
    {
        if (isRecording)
        {
            return new NothingToActOn(NothingToActOn.Recording, time);
        }

        var file = options.Kubeconfig.Length > 0
            ? options.Kubeconfig
            : configuration["Ingest:Kubernetes:Kubeconfig"] ?? "";
        var context = options.Context.Length > 0
            ? options.Context
            : configuration["Ingest:Kubernetes:Context"] is { Length: > 0 } other ? other : null;
        if (file.Length == 0 && !KubernetesClientConfiguration.IsInCluster())
        {
            return new NothingToActOn(NothingToActOn.NoCluster, time);
        }

        var connection = file.Length > 0
            ? KubernetesClientConfiguration.BuildConfigFromConfigFile(new FileInfo(file), context)
            : KubernetesClientConfiguration.InClusterConfig();
        var client = new k8s.Kubernetes(connection);
        var scope = new Scope(
            configuration["Platform:Tenant"] ?? Scope.Default.Tenant,
            configuration["Platform:Cluster"] ?? Scope.Default.Cluster);
        return new KubernetesExecutor(
            new KubeCalls(client.HttpClient, client.BaseUri, client.Credentials, options), scope, time);
    }
}
