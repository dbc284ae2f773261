using System.Globalization;

namespace CaaS.Ingest.Tests.Calico;

/// <summary>Makes flow logs in the two shapes Calico writes them.</summary>
internal static class FlowLines
{
    /// <summary>End of the time each flow was counted over; it began five minutes before.</summary>
    public static readonly DateTimeOffset End = new(2026, 3, 1, 12, 5, 0, TimeSpan.Zero);

    /// <summary>A line of <c>flows.log</c>.</summary>
    public static string Flat(
        string from, string to, string action = "allow", string reporter = "src", params string[] policies) =>
        $$"""
        {"start_time":{{Seconds(End.AddMinutes(-5))}},"end_time":{{Seconds(End)}},"source_ip":null,"source_name":"-",
        "source_name_aggr":"{{from}}","source_namespace":"shop","nat_outgoing_ports":null,"source_port":null,"source_type":"wep",
        "source_labels":{"labels":["app=pod"]},"dest_name":"-","dest_name_aggr":"{{to}}","dest_namespace":"shop","dest_port":8080,
        "dest_type":"wep","dest_service_port":"http","dest_service_port_num":80,"proto":"tcp",
        "action":"{{action}}","reporter":"{{reporter}}","policies":{"all_policies":[{{string.Join(',', policies.Select(hit => $"\"{hit}\""))}}]},
        "bytes_in":1000,"bytes_out":2000,"num_flows":4,"num_flows_started":1,"num_flows_completed":1,"packets_in":10,"packets_out":20,
        "http_requests_allowed_in":0,"http_requests_denied_in":0,"process_name":"-","num_process_names":0,"process_args":["-"],
        "original_source_ips":null,"num_original_source_ips":0,"tcp_mean_smooth_rtt":0,"tcp_total_retransmissions":2,"tcp_lost_packets":0,
        "tcp_unrecovered_to":1}
        """.ReplaceLineEndings("");

    /// <summary>What Goldmane emits: numbers for enumerations, nothing for zeros.</summary>
    public static string Goldmane(string from, string to, bool isDenied) =>
        $$$"""
        {"Key":{"source_name":"{{{from}}}","source_namespace":"shop","source_type":1,"dest_name":"{{{to}}}","dest_namespace":"shop","dest_type":1,
        "dest_port":8080,"dest_service_name":"payment","dest_service_namespace":"shop","dest_service_port_name":"http","dest_service_port":80,
        "proto":"tcp","reporter":2,"action":{{{(isDenied ? 2 : 1)}}},"policies":{"enforced_policies":[
        {"kind":1,"namespace":"shop","name":"first","tier":"security","action":3,"rule_index":1},
        {"kind":10,"tier":"default","action":{{{(isDenied ? 2 : 1)}}},"policy_index":1,"rule_index":-1,
        "trigger":{"kind":6,"namespace":"shop","name":"deny-payment","tier":"default"}}]}},
        "start_time":{{{Seconds(End.AddMinutes(-5))}}},"end_time":{{{Seconds(End)}}},"source_labels":["app=checkout"],"dest_labels":["app=payment"],
        "packets_in":5,"bytes_in":300,"num_connections_started":5,"num_connections_completed":3,"num_connections_live":1}
        """.ReplaceLineEndings("");

    private static string Seconds(DateTimeOffset instant) => instant.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
