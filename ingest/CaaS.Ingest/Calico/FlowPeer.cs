using System.Text.Json;
using CaaS.Ingest.Kubernetes;

namespace CaaS.Ingest.Calico;

/// <summary>One end of a flow as Calico names it; what it leaves out, which it writes as <c>-</c>, is empty.</summary>
/// <param name="Type"><c>wep</c> (pods), <c>hep</c> (a host), <c>ns</c> (a network set), <c>net</c> (anybody
/// else).</param>
/// <param name="Namespace">Namespace, or empty.</param>
/// <param name="Name">Full name of a pod, or empty when pods were aggregated.</param>
/// <param name="Group">What pods share of their names, with <c>*</c> for the rest; name of a host or network set;
/// <c>pub</c> or <c>pvt</c>.</param>
/// <param name="Ip">Address, or empty.</param>
/// <param name="TemplateHash">Label <c>pod-template-hash</c> that all pods share, or empty.</param>
/// <param name="ServiceNamespace">Namespace of the service that was called, or empty.</param>
/// <param name="Service">Name of the service that was called, or empty.</param>
/// <param name="Domain">A domain name the address was looked up under, or empty.</param>
internal readonly record struct FlowPeer(
    string Type,
    string Namespace,
    string Name,
    string Group,
    string Ip,
    string TemplateHash,
    string ServiceNamespace,
    string Service,
    string Domain)
{
    private const string TemplateHashLabel = "pod-template-hash=";

    /// <summary>Reads one end of a flow.</summary>
    /// <param name="line">The flow.</param>
    /// <param name="key">The part of it that says who the ends are.</param>
    /// <param name="side"><c>source</c> or <c>dest</c>.</param>
    public static FlowPeer Read(JsonElement line, JsonElement key, string side)
    {
        var name = Told(key, side + "_name");
        var group = Told(key, side + "_name_aggr");
        var isDestination = side == "dest";
        return new FlowPeer(
            key.Scalar(side + "_type") switch
            {
                "wep" or "1" or "WorkloadEndpoint" => "wep",
                "hep" or "2" or "HostEndpoint" => "hep",
                "ns" or "3" or "NetworkSet" => "ns",
                "net" or "4" or "Network" => "net",
                _ => "",
            },
            Told(key, side + "_namespace"),
            name.Contains('*', StringComparison.Ordinal) ? "" : name,
            group.Length > 0 ? group : name,
            Told(key, side + "_ip"),
            TemplateHashOf(line, side + "_labels"),
            isDestination ? Told(key, "dest_service_namespace") : "",
            isDestination ? Told(key, "dest_service_name") : "",
            isDestination ? First(key, "dest_domains") : "");
    }

    private static string Told(JsonElement key, string field) => key.Text(field) is var text && text != "-" ? text : "";

    private static string First(JsonElement key, string field) =>
        key.Items(field).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)
            .Order(StringComparer.Ordinal).FirstOrDefault("");

    private static string TemplateHashOf(JsonElement line, string field)
    {
        var label = line.Items(field).Concat(line.Items(field, "labels"))
            .Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)
            .FirstOrDefault(text => text.StartsWith(TemplateHashLabel, StringComparison.Ordinal), "");
        return label.Length > 0 ? label[TemplateHashLabel.Length..] : "";
    }
}
