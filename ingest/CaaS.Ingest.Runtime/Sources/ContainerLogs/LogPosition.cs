using System.Globalization;
using CaaS.Signals;

namespace CaaS.Ingest.Runtime.Sources.ContainerLogs;

/// <summary>How far one log file was appended; travels as an attribute of the last record of each append.</summary>
/// <param name="FileId">Identity of the file, 16 hex digits.</param>
/// <param name="Offset">Bytes of it that are durable.</param>
internal readonly record struct LogPosition(string FileId, long Offset)
{
    /// <summary>Name of the attribute.</summary>
    public const string AttributeName = "caas.position";

    /// <summary>Marks a record as the last one of an append.</summary>
    public LogRecord Mark(LogRecord record) => record with
    {
        Attributes = record.Attributes.Add(new Label(
            AttributeName, string.Create(CultureInfo.InvariantCulture, $"{FileId}:{Offset}"))),
    };

    /// <summary>Reads the mark of a record.</summary>
    /// <returns>False when it has none.</returns>
    public static bool TryRead(LogRecord record, out LogPosition position)
    {
        foreach (var attribute in record.Attributes)
        {
            var parts = attribute.Name == AttributeName ? attribute.Value.Split(':') : [];
            if (parts.Length == 2
                && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
            {
                position = new LogPosition(parts[0], offset);
                return true;
            }
        }

        position = default;
        return false;
    }
}
