using Microsoft.AspNetCore.Http.Metadata;

namespace CaaS.Api.Access;

/// <summary>Longest body of a request that changes something: the longest is a comment.</summary>
internal sealed class RequestLimit : IRequestSizeLimitMetadata
{
    /// <inheritdoc/>
    public long? MaxRequestBodySize => 64 * 1024;
}
