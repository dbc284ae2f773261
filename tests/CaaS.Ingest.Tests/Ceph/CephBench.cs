using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaaS.Ingest.Ceph;
using CaaS.Ingest.Kubernetes;
using CaaS.Signals;

namespace CaaS.Ingest.Tests.Ceph;

/// <summary>A real Ceph 16 cluster's answer to <c>/api/health/full</c>, cut to what matters, to be changed at will:
/// osd.1 is down, <c>noout</c> is set and its warning muted.</summary>
internal static class CephBench
{
    public const string Password = "S3cret";

    public static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    /// <summary>The answer, afresh.</summary>
    public static JsonNode Answer() => JsonNode.Parse(
        """
        {"health":{"status":"HEALTH_WARN","checks":[
            {"severity":"HEALTH_WARN","summary":{"message":"noout flag(s) set","count":5},"detail":[],"muted":true,"type":"OSDMAP_FLAGS"},
            {"severity":"HEALTH_WARN","summary":{"message":"1 osds down","count":1},
             "detail":[{"message":"osd.1 (root=default,host=vm) is down"}],"muted":false,"type":"OSD_DOWN"}],"mutes":[]},
         "osd_map":{"fsid":"c98795df","flags_set":["noout","pglog_hardlimit","purged_snapdirs","recovery_deletes","sortbitwise"],
          "crush_node_flags":{"rack2":["nodown"]},"device_class_flags":{},
          "tree":{"nodes":[
            {"id":-1,"name":"default","type":"root","children":[-3]},
            {"id":-3,"name":"vm","type":"host","children":[1,0]},
            {"id":0,"device_class":"hdd","type":"osd","status":"up","name":"osd.0"},
            {"id":1,"device_class":"ssd","type":"osd","status":"down","name":"osd.1"}],"stray":[]},
          "osds":[
            {"osd":0,"uuid":"68f1","up":1,"in":1,"weight":1.0,"state":["exists","up"]},
            {"osd":1,"uuid":"738b","up":0,"in":1,"weight":1.0,"state":["exists"]}],
          "osd_metadata":{"0":{"hostname":"vm","ceph_version_short":"16.2.15"},"1":{"hostname":"vm2","ceph_version_short":"16.2.15"}},
          "pools":[
            {"pool":2,"pool_name":"rbd","type":1,"size":2,"min_size":1,"pg_num":32,"pg_num_target":32,"quota_max_bytes":1000,
             "create_time":"2026-11-23T16:50:32.659315+0000"}]},
         "pg_info":{"object_stats":{"num_objects":0},"statuses":{"active+clean":8,"active+undersized":25}},
         "df":{"stats":{"total_bytes":6442450944}}}
        """)!;

    public static CephReading? Read(JsonNode answer)
    {
        using var document = JsonDocument.Parse(answer.ToJsonString());
        new CephReader(Scope.Default, "ceph").TryRead(document.RootElement, Now, out var reading);
        return reading;
    }

    /// <summary>What a cluster becomes by a change, told after the change.</summary>
    public static ClusterStep Step(CephState state, JsonNode answer) => state.Step(Read(answer)!, Now.AddSeconds(10));

    public static string Text(ImmutableArray<KubeObject> objects) => string.Join('\n', objects.Select(state =>
        $"{(state.IsDeleted ? "gone " : "")}{state.Entity} {string.Join(' ', state.Facts.Select(fact => $"{fact.Key}={fact.Value}"))} "
        + string.Join(' ', state.Relations.Select(edge => $"{edge.Kind}:{edge.To}"))).Select(line => line.TrimEnd()));

    public static string Text(ClusterStep step) => string.Join('\n',
        step.Events.Select(seen => $"{(seen.IsWarning ? "warning" : "normal")} {seen.Entity} {seen.Reason}: {seen.Message}")
            .Concat(step.Changes.Select(change =>
                $"{change.Kind} {change.Entity}: {change.Summary} [{change.Before}] [{change.After}]")));
}
