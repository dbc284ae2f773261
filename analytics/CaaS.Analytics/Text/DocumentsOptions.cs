using System.ComponentModel.DataAnnotations;

namespace CaaS.Analytics.Text;

/// <summary>Settings of the library of runbooks and post-mortems; section <c>Analytics:Documents</c>.</summary>
public sealed class DocumentsOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Analytics:Documents";

    /// <summary>Folder of <c>.md</c>, <c>.html</c>, <c>.htm</c> and <c>.txt</c> files, with its subfolders; empty for
    /// none.</summary>
    public string Folder { get; set; } = "";

    /// <summary>Files held; a large company has a few thousand runbooks. More are left out and counted.</summary>
    [Range(1, 100_000)]
    public int MaxDocuments { get; set; } = 5_000;

    /// <summary>Bytes of a file; more is not written by hand. Larger ones are left out and counted.</summary>
    [Range(256, 16 * 1024 * 1024)]
    public int MaxDocumentBytes { get; set; } = 256 * 1024;

    /// <summary>Characters of all files together: about six bytes of memory each, so the default is at most 100
    /// MB.</summary>
    [Range(1024, 1_000_000_000)]
    public long MaxCharacters { get; set; } = 16_000_000;

    /// <summary>Time between two looks at the folder. It is looked at rather than listened to: network shares and
    /// mounted config maps tell nobody when they change.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(10);
}
