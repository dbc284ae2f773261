using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CaaS.Benchmarks.Scoring;

namespace CaaS.Benchmarks.Logs;

/// <summary>Labelled sessions of one data set.</summary>
/// <param name="Name">Name.</param>
/// <param name="Train">Sessions to learn: normal ones only; labelled anomalies of a train split are left out.</param>
/// <param name="Test">Sessions to judge.</param>
internal sealed record SessionSet(string Name, IReadOnlyList<LabelledSession> Train, IReadOnlyList<LabelledSession> Test)
{
    private const string Train0 = "_train";

    /// <summary>All sets of a folder, by path.</summary>
    public static SessionSet[] All(DataFolder data)
    {
        var sets = new List<SessionSet>();
        foreach (string path in data.Files.Keys)
        {
            if (path.EndsWith(Train0, StringComparison.Ordinal))
            {
                string stem = path[..^Train0.Length];
                if (data.Files.ContainsKey(stem + "_test_normal") && data.Files.ContainsKey(stem + "_test_abnormal"))
                {
                    sets.Add(new SessionSet(
                        Path.GetFileName(stem),
                        Lines(data, path, isAnomalous: false),
                        [.. Lines(data, stem + "_test_normal", isAnomalous: false), .. Lines(data, stem + "_test_abnormal", isAnomalous: true)]));
                }
            }
            else if (path.EndsWith("_train.jsonl.gz", StringComparison.Ordinal))
            {
                string test = path.Replace("_train.jsonl.gz", "_test.jsonl.gz", StringComparison.Ordinal);
                if (data.Files.TryGetValue(test, out byte[]? file))
                {
                    string name = Path.GetFileName(path).Replace("_tar_session_train.jsonl.gz", "", StringComparison.Ordinal);
                    sets.Add(new SessionSet(name, [.. Json(data.Files[path]).Where(session => !session.IsAnomalous)], Json(file)));
                }
            }
        }
        return [.. sets];
    }

    private static LabelledSession[] Lines(DataFolder data, string path, bool isAnomalous)
    {
        var sessions = new List<LabelledSession>();
        foreach (string line in Encoding.UTF8.GetString(data.Files[path]).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            int comma = line.IndexOf(',', StringComparison.Ordinal);
            string id = comma < 0 ? "" : line[..comma];
            string[] events = line[(comma + 1)..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            sessions.Add(new LabelledSession(id, events, isAnomalous));
        }
        return [.. sessions];
    }

    private static LabelledSession[] Json(byte[] file)
    {
        using var reader = new StreamReader(new GZipStream(new MemoryStream(file), CompressionMode.Decompress));
        var sessions = new List<LabelledSession>();
        while (reader.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            JsonElement root = json.RootElement;
            string[] events = [.. root.GetProperty("templates").EnumerateArray().Select(item => item.GetString() ?? "")];
            sessions.Add(new LabelledSession(root.GetProperty("id").GetString() ?? "", events, root.GetProperty("label").GetInt32() != 0));
        }
        return [.. sessions];
    }
}
