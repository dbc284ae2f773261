using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CaaS.Signals;
using k8s;
using k8s.Authentication;
using k8s.Exceptions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using YamlDotNet.Core;

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
        try
        {
            if (ConnectionOrNull(options, configuration) is not { } connection)
            {
                return null;
            }

            var client = new k8s.Kubernetes(connection);
            return new KubeCalls(client.HttpClient, client.BaseUri, client.Credentials, options);
        }
        catch (Exception e) when (e is KubeConfigException or IOException or UnauthorizedAccessException
            or CryptographicException or YamlException)
        {
            var key = options.ServiceAccount.Length > 0 ? nameof(options.ServiceAccount) : nameof(options.Kubeconfig);
            throw new OptionsValidationException(
                KubernetesOptions.Section, typeof(KubernetesOptions),
                [$"{KubernetesOptions.Section}:{key}: the cluster cannot be reached with it: {e.Message}"]);
        }
    }

    private static KubernetesClientConfiguration? ConnectionOrNull(KubernetesOptions options, IConfiguration configuration)
    {
        if (options.ServiceAccount.Length > 0)
        {
            return ServiceAccount(options.ServiceAccount);
        }

        var file = options.Kubeconfig.Length > 0
            ? options.Kubeconfig
            : configuration["Ingest:Kubernetes:Kubeconfig"] ?? "";
        var context = options.Context.Length > 0
            ? options.Context
            : configuration["Ingest:Kubernetes:Context"] is { Length: > 0 } other ? other : null;
        return file.Length > 0 ? KubernetesClientConfiguration.BuildConfigFromConfigFile(new FileInfo(file), context)
            : KubernetesClientConfiguration.IsInCluster() ? KubernetesClientConfiguration.InClusterConfig()
            : null;
    }

    /// <summary>The API server that the pod is told of, with another account's token, read again when it is
    /// renewed.</summary>
    private static KubernetesClientConfiguration ServiceAccount(string folder)
    {
        var host = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST");
        var port = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT");
        if (string.IsNullOrEmpty(host) || string.IsNullOrEmpty(port))
        {
            throw new KubeConfigException("KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set; it is for use in a pod");
        }

        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(Path.Combine(folder, "ca.crt"));
        return new KubernetesClientConfiguration
        {
            Host = new UriBuilder(Uri.UriSchemeHttps, host, int.Parse(port, CultureInfo.InvariantCulture)).ToString(),
            TokenProvider = new TokenFileAuth(Path.Combine(folder, "token")),
            SslCaCerts = authorities,
        };
    }
}
