using System.Text.Json;
using CaaS.Signals;

namespace CaaS.Alerting.Runtime.Store;

/// <summary>The noun in a row.</summary>
internal static class RowJson
{
    public static string Write<T>(T noun) => JsonSerializer.Serialize(noun, SignalsJson.Options);

    public static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, SignalsJson.Options)
        ?? throw new FormatException($"A row of {typeof(T).Name} is null.");
}
