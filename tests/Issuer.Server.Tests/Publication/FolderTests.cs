using System.IO.Compression;
using Issuer.Core.Publication;
using Issuer.Server.Features.Publication;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage;
using Issuer.Verification.Publication;
using Issuer.Verification.TrustLists;

namespace Issuer.Server.Tests.Publication;

/// <summary>Others can write into a folder that is published, too: by mistake, or to do harm.</summary>
public sealed class FolderTests : OwnService
{
    readonly DirectoryInfo outside = Directory.CreateTempSubdirectory("issuer-outside-");

    string Folder => service.Published;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        outside.Delete(recursive: true);
    }

    Task<PublicationCounts> PublishAsync(string? copy = null) =>
        service.Get<PublishRound>().RunAsync(isForced: true, copy, default);

    string At(string path) => Path.Combine(Folder, path);

    string Outside(string name, string content, int daysOld)
    {
        var path = Path.Combine(outside.FullName, name);
        File.WriteAllText(path, content);
        Age(path, daysOld);
        return path;
    }

    static void Age(string path, int days) =>
        File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-days));

    static Dictionary<string, byte[]> Everything(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(folder, path), File.ReadAllBytes);

    [Fact]
    public async Task What_was_changed_or_deleted_there_is_mended_by_the_next_round_without_another_publication()
    {
        var published = await PublishAsync();
        var good = Everything(Folder);
        var changed = good["value-sets.json"].ToArray();
        changed[0] ^= 1;
        File.WriteAllBytes(At("value-sets.json"), changed);
        File.WriteAllText(At($"{TrustListFiles.EuPath}{FileWriter.Gzip}"), "no gzip");
        File.Delete(At(TrustListFiles.StatementPath));
        File.WriteAllText(At(Bundle.Path), "");

        await service.RoundAsync();
        Assert.Equal(good, Everything(Folder));
        Assert.Equal(published.Sequence, (await service.Get<IPublicationStore>().LatestAsync(default))!.Sequence);

        var written = File.GetLastWriteTimeUtc(At(Manifest.Path));
        await service.RoundAsync();
        Assert.Equal(written, File.GetLastWriteTimeUtc(At(Manifest.Path)));
    }

    [Fact]
    public async Task A_compressed_file_of_other_content_is_not_left_there()
    {
        await PublishAsync();
        var packed = File.Create(At($"value-sets.json{FileWriter.Gzip}"));
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write("[]"u8);
        }
        await PublishAsync();
        await using var there = new GZipStream(
            File.OpenRead(At($"value-sets.json{FileWriter.Gzip}")), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        await there.CopyToAsync(unpacked);
        Assert.Equal(await File.ReadAllBytesAsync(At("value-sets.json")), unpacked.ToArray());
    }

    [Fact]
    public async Task Links_lead_neither_a_write_nor_a_deletion_out_of_the_folder()
    {
        await PublishAsync();
        var old = Outside("old", "precious", daysOld: 10);
        var target = Outside("target", "precious", daysOld: 0);
        Directory.CreateSymbolicLink(At("revocation/linked"), outside.FullName);
        File.Delete(At("value-sets.json"));
        File.CreateSymbolicLink(At("value-sets.json"), target);
        File.CreateSymbolicLink(At($"{Manifest.Path}.tmp"), target);

        await PublishAsync();
        Assert.Equal("precious", File.ReadAllText(old));
        Assert.Equal("precious", File.ReadAllText(target));
        Assert.Null(new FileInfo(At("value-sets.json")).LinkTarget);
        Assert.Null(new FileInfo(At(Manifest.Path)).LinkTarget);
    }

    [Fact]
    public async Task What_leaves_the_manifest_stays_for_two_days_more_however_old_it_is()
    {
        await PublishAsync();
        var first = At(CompactListPaths.Full(1) + CompactListPaths.BodyEnd);
        Age(first, days: 30);
        await PublishAsync();
        Assert.True(File.Exists(first));
        Age(first, days: 3);
        await PublishAsync();
        Assert.False(File.Exists(first));
    }

    [Fact]
    public async Task A_folder_of_another_store_is_refused_and_left_as_it_is()
    {
        var another = new RunningService();
        await another.InitializeAsync();
        var copy = Path.Combine(outside.FullName, "www");
        await another.Issuer.Get<PublishRound>().RunAsync(isForced: true, copy, default);
        await another.DisposeAsync();
        var theirs = Everything(copy);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => PublishAsync(copy));
        Assert.Contains("another store", refused.Message, StringComparison.Ordinal);
        Assert.Equal(theirs, Everything(copy));
        Assert.Null(await service.Get<IPublicationStore>().LatestAsync(default));
    }

    [Fact]
    public async Task A_folder_of_an_earlier_state_of_this_store_is_brought_up_to_date()
    {
        var copy = Path.Combine(outside.FullName, "www");
        await PublishAsync(copy);
        await PublishAsync();
        await PublishAsync(copy);
        Assert.Equal(File.ReadAllBytes(At(Manifest.Path)), File.ReadAllBytes(Path.Combine(copy, Manifest.Path)));
    }

    [Fact]
    public async Task A_store_restored_from_an_older_copy_publishes_nothing_and_what_is_out_there_stays()
    {
        await PublishAsync();
        await PublishAsync();
        var before = Everything(Folder);
        await using (var database = await Database.OpenAsync(null, service.Get<DataFolder>().Path, default))
        {
            await database.WriteAsync(session => session.ExecuteAsync("delete from published_file"), default);
            await database.WriteAsync(session => session.ExecuteAsync("delete from publication"), default);
        }
        var refused = await Assert.ThrowsAsync<RefusedException>(() => PublishAsync());
        Assert.Contains("is an older copy", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, Everything(Folder));

        Directory.Move(Folder, Path.Combine(outside.FullName, "before"));
        Assert.Equal(1, (await PublishAsync()).Sequence);
    }
}
