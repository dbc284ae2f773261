using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace CaaS.Ingest.Tests.Kubernetes;

/// <summary>One answer of a <see cref="ScriptedApiServer"/>.</summary>
internal sealed record ScriptedAnswer(int Status, string Headers, string Body, bool StaysOpen, bool Breaks)
{
    public static ScriptedAnswer List(string version, params JsonNode[] items) => Page(version, "", items);

    public static ScriptedAnswer Page(string version, string token, params JsonNode[] items) => Text(new JsonObject
    {
        ["metadata"] = new JsonObject { ["resourceVersion"] = version, ["continue"] = token },
        ["items"] = new JsonArray(items),
    }.ToJsonString());

    public static ScriptedAnswer Text(string body) => new(200, "", body, false, false);

    public static ScriptedAnswer Error(int status, string headers = "") => new(status, headers, "{}", false, false);

    /// <summary>A watch that sends events and stays open.</summary>
    public static ScriptedAnswer Watch(params string[] lines) => new(200, "", Lines(lines), true, false);

    /// <summary>A watch that sends events and ends.</summary>
    public static ScriptedAnswer EndingWatch(params string[] lines) => new(200, "", Lines(lines), false, false);

    /// <summary>A watch whose connection breaks after the events.</summary>
    public static ScriptedAnswer BreakingWatch(params string[] lines) => new(200, "", Lines(lines), false, true);

    public static string Event(string type, JsonNode json) =>
        new JsonObject { ["type"] = type, ["object"] = json }.ToJsonString();

    public static string Bookmark(string version) => Event(
        "BOOKMARK", new JsonObject { ["metadata"] = new JsonObject { ["resourceVersion"] = version } });

    public static string ErrorEvent(int code) =>
        Event("ERROR", new JsonObject { ["kind"] = "Status", ["code"] = code, ["message"] = "too old resource version" });

    public async Task WriteAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var body = Breaks ? Body.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n" + Body + "\r\n" : Body;
        var coding = Breaks ? "Transfer-Encoding: chunked\r\n" : "";
        var head = $"HTTP/1.1 {Status} Scripted\r\nContent-Type: application/json\r\nConnection: close\r\n{coding}{Headers}\r\n";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(head + body), cancellationToken);
        if (StaysOpen)
        {
            // Reading ends when the peer closes: that is how long a watch may stay open.
            _ = await stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, cancellationToken);
        }
    }

    private static string Lines(string[] lines) => string.Concat(lines.Select(line => line + "\n"));
}
