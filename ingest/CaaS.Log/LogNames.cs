using System.Text.RegularExpressions;

namespace CaaS.Log;

/// <summary>Checks names that become file and topic names.</summary>
internal static partial class LogNames
{
    public static void Check(Topic topic, int partition)
    {
        ArgumentNullException.ThrowIfNull(topic);
        if (!Name().IsMatch(topic.Name))
        {
            throw new ArgumentOutOfRangeException(nameof(topic), topic.Name, "A topic is 1 to 64 of a-z, 0-9 and -.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(partition);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(partition, topic.PartitionCount);
    }

    public static void CheckGroup(string group)
    {
        if (!Name().IsMatch(group))
        {
            throw new ArgumentOutOfRangeException(nameof(group), group, "A group is 1 to 64 of a-z, 0-9 and -.");
        }
    }

    public static void CheckPayload(ReadOnlyMemory<byte> payload)
    {
        if (payload.Length is 0 or > LogOptions.MaxRecordBytes)
        {
            throw new ArgumentOutOfRangeException(
                nameof(payload), payload.Length, $"A record has 1 to {LogOptions.MaxRecordBytes} bytes.");
        }
    }

    [GeneratedRegex(@"^[a-z0-9-]{1,64}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
