namespace CaaS.Ingest.Runtime;

/// <summary>Reads a body from the wire up to a limit.</summary>
internal static class BoundedBody
{
    private const int StepBytes = 64 * 1024;

    /// <summary>Reads a whole body.</summary>
    /// <returns>False as soon as it is longer than allowed.</returns>
    public static async Task<bool> TryReadAsync(
        Stream source, int maxBytes, MemoryStream target, CancellationToken cancellationToken)
    {
        target.SetLength(0);
        var step = new byte[StepBytes];
        for (var read = await source.ReadAsync(step, cancellationToken);
             read > 0;
             read = await source.ReadAsync(step, cancellationToken))
        {
            if (target.Length + read > maxBytes)
            {
                return false;
            }

            target.Write(step, 0, read);
        }

        return true;
    }
}
