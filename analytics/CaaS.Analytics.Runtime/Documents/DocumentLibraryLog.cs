using Microsoft.Extensions.Logging;

namespace CaaS.Analytics.Runtime.Documents;

/// <summary>Sentences of <see cref="DocumentLibrary"/>; event ids 3100 to 3199.</summary>
internal static partial class DocumentLibraryLog
{
    [LoggerMessage(3100, LogLevel.Information, "Read the runbooks in {Folder}: {Held} are held, {LeftOut} left out.")]
    public static partial void FolderRead(this ILogger logger, string folder, int held, int leftOut);

    [LoggerMessage(3101, LogLevel.Warning, "The runbooks in {Folder} cannot be looked at: {Why}. What is known stays.")]
    public static partial void FolderAway(this ILogger logger, string folder, string why);

    [LoggerMessage(3102, LogLevel.Warning, "The document {File} is left out: {Why}.")]
    public static partial void FileLeftOut(this ILogger logger, string file, string why);
}
