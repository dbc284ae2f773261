using System.Security.Cryptography;
using CaaS.Log;

namespace CaaS.Ingest.Runtime.Sources.Kubernetes;

/// <summary>The key under which confidential content is hashed, kept in the data folder so that hashes compare over a
/// restart.</summary>
/// <remarks>It never leaves the folder: in a recording, or through the API, the hashes tell nothing.</remarks>
/// <param name="Bytes">The key.</param>
/// <param name="IsNew">True when it was made just now: no hash made before compares with one made now.</param>
internal sealed record ContentKey(byte[] Bytes, bool IsNew)
{
    private const string FileName = "content.key";
    private const int Size = 32;

    /// <summary>Reads the key, or makes one.</summary>
    /// <param name="folder">Folder of the source, which only this user may enter.</param>
    /// <returns>The key.</returns>
    /// <exception cref="IOException">It can neither be read nor made.</exception>
    public static ContentKey In(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (File.Exists(path) && File.ReadAllBytes(path) is { Length: Size } known)
        {
            return new ContentKey(known, IsNew: false);
        }

        var made = RandomNumberGenerator.GetBytes(Size);
        DurableFile.WriteAtomically(path, made);
        return new ContentKey(made, IsNew: true);
    }
}
