using k8s;
using Microsoft.Extensions.Options;

namespace CaaS.Ingest.Runtime.Sources.Kubernetes;

/// <summary>The one way to the cluster's API server: client and authenticated HTTP client, shared by all
/// sources.</summary>
/// <remarks>Thread-safe. Made once by DI. Without a cluster <see cref="IsConfigured"/> is false and the rest
/// throws.</remarks>
public sealed class KubernetesConnection : IDisposable
{
    private readonly k8s.Kubernetes? _client;

    /// <summary>Opens the connection the options ask for; no request is sent.</summary>
    /// <param name="options">Settings of the source.</param>
    /// <exception cref="InvalidOperationException">The kubeconfig file can not be used; the message names
    /// it.</exception>
    public KubernetesConnection(IOptions<KubernetesSourceOptions> options)
        : this(Configure(options.Value))
    {
    }

    internal KubernetesConnection(KubernetesClientConfiguration? configuration)
    {
        if (configuration is null)
        {
            return;
        }

        // Watches stay open for minutes: each request carries its own deadline instead of one for all.
        configuration.HttpClientTimeout = Timeout.InfiniteTimeSpan;
        var credentials = new CredentialsHandler();
        _client = new k8s.Kubernetes(configuration, credentials);
        credentials.Client = _client;
        _client.HttpClient.Timeout = Timeout.InfiniteTimeSpan;
        _client.HttpClient.BaseAddress = _client.BaseUri;
    }

    /// <summary>False when no cluster is configured and the process runs in none.</summary>
    public bool IsConfigured => _client is not null;

    /// <summary>Typed client.</summary>
    /// <exception cref="InvalidOperationException">No cluster is configured.</exception>
    public IKubernetes Client => _client ?? throw NotConfigured();

    /// <summary>HTTP client with the server's address as base and the credentials added to each request, for raw paths
    /// such as <c>api/v1/nodes/n1/proxy/metrics/cadvisor</c> (without a leading slash). It has no time-out of its own:
    /// pass a cancellation token with a deadline. Do not dispose it.</summary>
    /// <exception cref="InvalidOperationException">No cluster is configured.</exception>
    public HttpClient Http => (_client ?? throw NotConfigured()).HttpClient;

    /// <summary>Address of the API server, for messages; empty without a cluster.</summary>
    public string Address => _client?.BaseUri.ToString() ?? "";

    /// <inheritdoc/>
    public void Dispose() => _client?.Dispose();

    private static KubernetesClientConfiguration? Configure(KubernetesSourceOptions options)
    {
        if (options.Disabled)
        {
            return null;
        }

        if (options.Kubeconfig.Length == 0)
        {
            return KubernetesClientConfiguration.IsInCluster() ? KubernetesClientConfiguration.InClusterConfig() : null;
        }

        try
        {
            var context = options.Context.Length == 0 ? null : options.Context;
            return KubernetesClientConfiguration.BuildConfigFromConfigFile(options.Kubeconfig, context);
        }
        catch (Exception error)
        {
            const string Key = KubernetesSourceOptions.Section + ":Kubeconfig";
            throw new InvalidOperationException($"{Key}: '{options.Kubeconfig}' can not be used: {error.Message}", error);
        }
    }

    private static InvalidOperationException NotConfigured() =>
        new($"No cluster: set {KubernetesSourceOptions.Section}:Kubeconfig or run inside a cluster.");

    /// <summary>Adds tokens and passwords, which the client's own calls add by themselves, to raw requests
    /// too.</summary>
    private sealed class CredentialsHandler : DelegatingHandler
    {
        public k8s.Kubernetes? Client { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Client?.Credentials is { } credentials)
            {
                await credentials.ProcessHttpRequestAsync(request, cancellationToken);
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
