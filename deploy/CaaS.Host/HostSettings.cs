namespace CaaS.Host;

/// <summary>What the command line says.</summary>
/// <param name="DataFolder">Path of the data folder.</param>
/// <param name="Urls">Addresses to listen on, joined by semicolons.</param>
/// <param name="Kubeconfig">Path of a kubeconfig, or null: in a pod the cluster it runs in, else the local
/// host.</param>
/// <param name="ConfigFile">Path of a JSON configuration file, or null.</param>
/// <param name="IsDemo">True to replay the recording that comes with the host instead of watching anything.</param>
internal sealed record HostSettings(
    string DataFolder, string Urls, string? Kubeconfig, string? ConfigFile, bool IsDemo);
