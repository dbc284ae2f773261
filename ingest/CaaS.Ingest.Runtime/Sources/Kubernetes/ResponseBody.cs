namespace CaaS.Ingest.Runtime.Sources.Kubernetes;

/// <summary>Reads bodies of bounded size.</summary>
internal static class ResponseBody
{
    /// <summary>Reads a whole body.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="maxBytes">Largest body taken.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The body.</returns>
    /// <exception cref="InvalidDataException">It is larger.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(
        HttpResponseMessage response, int maxBytes, CancellationToken cancellationToken)
    {
        using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + count > maxBytes)
            {
                throw new InvalidDataException("The answer is larger than taken.");
            }

            body.Write(buffer, 0, count);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }
}
