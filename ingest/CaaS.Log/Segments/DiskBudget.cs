namespace CaaS.Log.Segments;

/// <summary>Knows how full the data folder is: adds what the log writes, and measures the rest now and then.</summary>
/// <remarks>Thread-safe. Measuring lists the folder: a few thousand files, a few milliseconds.</remarks>
internal sealed class DiskBudget(string folder, long budgetBytes, TimeProvider time)
{
    private static readonly TimeSpan MeasureEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MeasureEveryWhenFull = TimeSpan.FromSeconds(1);

    // Guards the two fields; partitions' writers share the budget.
    private readonly Lock _gate = new();
    private long _bytes;
    private long? _measuredAt;

    /// <summary>Counts bytes about to be written.</summary>
    /// <returns>False when the folder has no room for them; nothing is counted then.</returns>
    public bool TryReserve(long bytes)
    {
        lock (_gate)
        {
            var isFull = _bytes + bytes > budgetBytes;
            if (_measuredAt is not { } at || time.GetElapsedTime(at) >= (isFull ? MeasureEveryWhenFull : MeasureEvery))
            {
                _bytes = Measure(folder);
                _measuredAt = time.GetTimestamp();
            }

            if (_bytes + bytes > budgetBytes)
            {
                return false;
            }

            _bytes += bytes;
            return true;
        }
    }

    /// <summary>Tells what to change.</summary>
    public string Remedy =>
        $"The data folder {folder} holds more than Log:DiskBudgetBytes = {budgetBytes} bytes. Raise it, or lower "
        + "Log:RetentionBytes, Log:RetentionAge or History:RetentionBytes, or move the folder to a larger disk.";

    private static long Measure(string folder)
    {
        var bytes = 0L;
        var all = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = 0 };
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", all))
        {
            try
            {
                bytes += file.Length;
            }
            catch (FileNotFoundException)
            {
                // Retention removed it meanwhile.
            }
        }

        return bytes;
    }
}
